import { useEffect } from "react";

/* A file that is dropped where nothing takes it would be opened by the browser in place of the workspace. */
function refuse(e: DragEvent) {
	if (e.defaultPrevented || !e.dataTransfer?.types.includes("Files")) return;
	e.preventDefault();
	e.dataTransfer.dropEffect = "none";
}

export function useNoStrayDrops() {
	useEffect(() => {
		window.addEventListener("dragover", refuse);
		window.addEventListener("drop", refuse);
		return () => {
			window.removeEventListener("dragover", refuse);
			window.removeEventListener("drop", refuse);
		};
	}, []);
}
