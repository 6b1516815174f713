/* Says the order of the cascade layers at the very top of every sheet: the bundler joins sheets in an order of its own. */
import type { Plugin } from "vite";

const ORDER = "@layer tokens,reset,base,components;";

export function layerOrder(): Plugin {
	return {
		name: "bellhop-layer-order",
		enforce: "post",
		generateBundle(_options, bundle) {
			for (const file of Object.values(bundle)) {
				if (file.type === "asset" && file.fileName.endsWith(".css")) file.source = ORDER + file.source;
			}
		},
	};
}
