/* The only door to widgets; more.ts has those that the first screen does without. Nothing outside this folder imports the widget library. */
export { Avatar } from "./Avatar";
export { Banner } from "./Banner";
export { Button, IconButton } from "./Button";
export { Checkbox, CheckboxGroup } from "./Checkbox";
export { cx } from "./cx";
export { Dialog } from "./Dialog";
export { EmptyState } from "./EmptyState";
export { type Choice, MenuButton, type MenuItem } from "./MenuButton";
export { Pill, type PillTone } from "./Pill";
export { PopoverButton } from "./PopoverButton";
export { Select } from "./Select";
export { Skeleton } from "./Skeleton";
export { Splitter } from "./Splitter";
export { Switch } from "./Switch";
export { TextField } from "./TextField";
export { Toasts, toast } from "./Toasts";
export { Toolbar } from "./Toolbar";
export { UiProvider } from "./UiProvider";
