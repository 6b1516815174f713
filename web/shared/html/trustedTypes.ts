/* The page runs under require-trusted-types-for 'script'. Libraries that hand strings to the parser go through this policy:
 * HTML is cleaned, scripts are refused, and script addresses must be our own hashed assets. */
import DOMPurify from "dompurify";

interface PolicyFactory {
	createPolicy(name: string, rules: Record<string, (text: string) => string>): unknown;
}

export function installTrustedTypes() {
	const factory = (window as unknown as { trustedTypes?: PolicyFactory }).trustedTypes;
	factory?.createPolicy("default", {
		createHTML: (text) => DOMPurify.sanitize(text, { RETURN_TRUSTED_TYPE: false }),
		createScriptURL: (text) => {
			const url = new URL(text, location.href);
			if (url.origin !== location.origin) throw new TypeError("foreign script address");
			return text;
		},
		createScript: () => {
			throw new TypeError("scripts from text are refused");
		},
	});
}
