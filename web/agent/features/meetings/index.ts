export { MeetingsPage } from "./MeetingsPage";
