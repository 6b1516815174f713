export { MailSettings } from "./MailSettings";
export { PreferencesSettings } from "./PreferencesSettings";
export { QuarantineSettings } from "./QuarantineSettings";
export { SettingsPage } from "./SettingsPage";
