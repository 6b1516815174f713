export { MailSettings } from "./MailSettings";
export { PreferencesSettings } from "./PreferencesSettings";
export { PipelinesSettings } from "./pipelines/PipelinesSettings";
export { QuarantineSettings } from "./QuarantineSettings";
export { SettingsPage } from "./SettingsPage";
