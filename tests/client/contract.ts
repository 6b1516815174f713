/* What the client's own type files promise: for every method the type it gives, for every type its fields. The client itself checks
 * nothing of it (a missing key stays undefined, a number in place of a string passes), so an answer is held against it here. */
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

interface Field {
	name: string;
	type: string;
	isOptional: boolean;
}

interface Library {
	/* fields of a model, the values of an enumeration, or what another name stands for */
	models: Map<string, Field[]>;
	enums: Map<string, string[]>;
	/* "BasicApi.create" -> "SimplePublicObject" */
	answers: Map<string, string>;
}

const folder = (words: string) => words.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export class Contract {
	readonly #lib: string;
	readonly #libraries = new Map<string, Library>();

	/* packageDir: where the client was installed. */
	constructor(packageDir: string) {
		this.#lib = join(packageDir, "lib");
	}

	/* Every difference between the value and what the method ("crm.tickets.basicApi.create") is declared to give. */
	differences(method: string, value: unknown): string[] {
		const path = method.split(".");
		const call = path.pop() as string;
		const api = path.pop() as string;
		const library = this.#library(path);
		const type = library.answers.get(`${api.charAt(0).toUpperCase()}${api.slice(1)}.${call}`);
		if (type === undefined) return [`${method} is not declared`];
		return [...check(library, type, value, method)];
	}

	/* The same for a value of a model of that part ("files", "ModelFile"), where the method is declared to give anything. */
	differencesFrom(part: string, model: string, value: unknown): string[] {
		return [...check(this.#library(part.split(".")), model, value, model)];
	}

	/* The names of all methods of an api: what a suite has to drive. */
	methods(api: string): string[] {
		const path = api.split(".");
		const name = path.pop() as string;
		const prefix = `${name.charAt(0).toUpperCase()}${name.slice(1)}.`;
		return [...this.#library(path).answers.keys()].filter((key) => key.startsWith(prefix)).map((key) => `${api}.${key.slice(prefix.length)}`);
	}

	#library(path: string[]): Library {
		const dir = join(this.#lib, "src", "discovery", ...path.map(folder));
		let library = this.#libraries.get(dir);
		if (library === undefined) {
			library = readLibrary(generatedFrom(dir));
			this.#libraries.set(dir, library);
		}
		return library;
	}
}

/* The folder of generated code that a part of the client is made from. */
function generatedFrom(discovery: string): string {
	const file = readdirSync(discovery).find((name) => name.endsWith("Discovery.d.ts"));
	if (file === undefined) throw new Error(`no types in ${discovery}`);
	const from = /from '([^']*codegen[^']*)\/index'/.exec(readFileSync(join(discovery, file), "utf8"));
	if (from === null) throw new Error(`${file} has no generated code`);
	return join(discovery, from[1] as string);
}

function readLibrary(dir: string): Library {
	const library: Library = { models: new Map(), enums: new Map(), answers: new Map() };
	for (const name of readdirSync(join(dir, "models"))) {
		if (name.endsWith(".d.ts")) readModel(library, readFileSync(join(dir, "models", name), "utf8"));
	}
	readAnswers(library, readFileSync(join(dir, "types", "PromiseAPI.d.ts"), "utf8"));
	return library;
}

function readModel(library: Library, text: string): void {
	for (const [, name, body] of text.matchAll(/export declare enum (\w+) \{([^}]*)\}/g)) {
		library.enums.set(name as string, [...(body as string).matchAll(/= "([^"]*)"/g)].map((found) => found[1] as string));
	}
	const head = /export declare class (\w+) (?:extends (\w+) )?\{/.exec(text);
	if (head === null) return;
	const fields: Field[] = [];
	for (const [, name, optional, type] of text.slice(head.index).matchAll(/^ {4}'(\w+)'(\??): ([^;{]+|\{[^}]*\});$/gm)) {
		fields.push({ name: name as string, type: (type as string).replace(/\s+/g, " "), isOptional: optional === "?" });
	}
	library.models.set(head[1] as string, fields);
}

function readAnswers(library: Library, text: string): void {
	let api = "";
	for (const line of text.split("\n")) {
		const head = /^export declare class Promise(\w+)/.exec(line);
		if (head !== null) api = head[1] as string;
		const method = /^ {4}(\w+)\(.*\): Promise<(.*)>;$/.exec(line);
		if (method !== null && !(method[1] as string).endsWith("WithHttpInfo")) library.answers.set(`${api}.${method[1]}`, method[2] as string);
	}
}

/* The types are few: these of the generator and no others. */
function* check(library: Library, type: string, value: unknown, at: string): Generator<string> {
	const list = /^Array<(.*)>$/.exec(type);
	const map = /^\{ \[key: string\]: (.*?);? \}$/.exec(type);
	if (list !== null) yield* checkList(library, list[1] as string, value, at);
	else if (map !== null) yield* checkMap(library, map[1] as string, value, at);
	else if (type.includes(" | ")) yield* checkAny(library, type.split(" | "), value, at);
	else if (library.models.has(type)) yield* checkModel(library, type, value, at);
	else yield* checkPlain(library, type, value, at);
}

/* What fits none of the alternatives is held against the first. */
function* checkAny(library: Library, types: string[], value: unknown, at: string): Generator<string> {
	const found = types.map((type) => [...check(library, type, value, at)]);
	if (found.every((differences) => differences.length > 0)) yield* found[0] as string[];
}

function* checkList(library: Library, type: string, value: unknown, at: string): Generator<string> {
	if (!Array.isArray(value)) {
		yield `${at}: no array but ${JSON.stringify(value)}`;
		return;
	}
	for (const [i, item] of value.entries()) yield* check(library, type, item, `${at}[${i}]`);
}

function* checkMap(library: Library, type: string, value: unknown, at: string): Generator<string> {
	if (typeof value !== "object" || value === null || Array.isArray(value)) {
		yield `${at}: no map but ${JSON.stringify(value)}`;
		return;
	}
	for (const [key, item] of Object.entries(value)) yield* check(library, type, item, `${at}.${key}`);
}

function* checkModel(library: Library, type: string, value: unknown, at: string): Generator<string> {
	if (typeof value !== "object" || value === null || Array.isArray(value)) {
		yield `${at}: no ${type} but ${JSON.stringify(value)}`;
		return;
	}
	for (const field of library.models.get(type) as Field[]) {
		/* what may be missing may be null too: an unlabelled association has the label null */
		const item = (value as Record<string, unknown>)[field.name];
		if (item === null && field.isOptional) continue;
		if (item !== undefined) yield* check(library, field.type, item, `${at}.${field.name}`);
		else if (!field.isOptional) yield `${at}.${field.name} is missing`;
	}
}

function* checkPlain(library: Library, type: string, value: unknown, at: string): Generator<string> {
	const values = library.enums.get(type);
	if (values !== undefined) {
		if (!values.includes(value as string)) yield `${at}: ${JSON.stringify(value)} is none of ${values.join(", ")}`;
	} else if (type === "Date") {
		if (!(value instanceof Date) || Number.isNaN(value.getTime())) yield `${at}: no date but ${JSON.stringify(value)}`;
	} else if (type === "string" || type === "number" || type === "boolean") {
		if (typeof value !== type) yield `${at}: no ${type} but ${JSON.stringify(value)}`;
	} else if (type === "null") {
		if (value !== null) yield `${at}: ${JSON.stringify(value)} is not null`;
	} else if (type === "void") {
		if (value !== undefined) yield `${at}: ${JSON.stringify(value)} where nothing is declared`;
	} else if (type !== "any" && type !== "HttpFile") {
		yield `${at}: nobody knows the type ${type}`;
	}
}

/* Where the package of this name is installed. */
export const packageDir = (name: string): string => join(dirname(new URL(import.meta.url).pathname), "..", "node_modules", name);
