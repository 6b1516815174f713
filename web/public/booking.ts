/* /meet/…: shows times on the visitor's own clock, and other ones as soon as he chooses them. The page does both without it. */
const chooser = document.querySelector<HTMLFormElement>("form[data-chooser]");
const zone = chooser?.querySelector<HTMLSelectElement>("select[name=zone]");

if (chooser && zone) {
	const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
	const address = new URL(location.href);
	/* Only on the way in: what a form has sent is shown as it was sent. */
	const isAsked = address.searchParams.has("zone") || document.querySelector(".fault") !== null;
	if (own && own !== zone.value && !isAsked) {
		address.searchParams.set("zone", own);
		location.replace(address);
	}
	chooser.addEventListener("change", () => chooser.requestSubmit());
}
