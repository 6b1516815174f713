import { RequiredPropertiesDialog } from "./RequiredPropertiesDialog";

/* Everything that asks before it does something to tickets; loaded after the first screen. */
export function ManageDialogs() {
	return <RequiredPropertiesDialog />;
}
