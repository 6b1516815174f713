export { MailSettings } from "./MailSettings";
export { QuarantineSettings } from "./QuarantineSettings";
export { SettingsPage } from "./SettingsPage";
