export { MailSettings } from "./MailSettings";
export { PreferencesSettings } from "./PreferencesSettings";
export { PipelinesSettings } from "./pipelines/PipelinesSettings";
export { ProfileSettings } from "./profile/ProfileSettings";
export { QuarantineSettings } from "./QuarantineSettings";
export { SettingsPage } from "./SettingsPage";
export { TeamsSettings } from "./teams/TeamsSettings";
export { UsersSettings } from "./users/UsersSettings";
