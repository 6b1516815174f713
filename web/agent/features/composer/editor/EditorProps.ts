export interface EditorProps {
	/* Another id means another text: the one editor takes it over. */
	docId: string;
	html: string;
	text: string;
	label: string;
	placeholder: string;
	onChange: (html: string, text: string) => void;
	/* Grows when the cursor shall go into the text. */
	focusKey: number;
}
