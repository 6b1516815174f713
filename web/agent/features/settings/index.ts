export { MailSettings } from "./MailSettings";
export { PipelinesSettings } from "./pipelines/PipelinesSettings";
export { PreferencesSettings } from "./PreferencesSettings";
export { QuarantineSettings } from "./QuarantineSettings";
export { SettingsPage } from "./SettingsPage";
