/* web/tools/icuPlugin: the keys of all catalogues, in the order of English. */
declare module "*.json?keys" {
	const keys: readonly string[];
	// biome-ignore lint/style/noDefaultExport: as the plugin writes it
	export default keys;
}
