import { Link, useLocation } from "@tanstack/react-router";
import { type ComponentType, type ReactNode, useEffect, useRef } from "react";
import css from "./Area.module.css";

interface AreaPage {
	to: string;
	label: string;
	Icon: ComponentType<{ size?: number; "aria-hidden"?: boolean }>;
}

interface Props {
	/* What the menu is called. */
	label: string;
	groups: readonly { id: string; title: string; pages: readonly AreaPage[] }[];
	children: ReactNode;
}

/* Several pages behind one entry of the rail: their menu at the left, on a phone above, and the one that is open. */
export function Area({ label, groups, children }: Props) {
	const { pathname } = useLocation();
	const nav = useRef<HTMLElement>(null);
	/* on a phone the menu is one line that is longer than the screen */
	// biome-ignore lint/correctness/useExhaustiveDependencies: another page is open
	useEffect(() => {
		nav.current?.querySelector("[data-status=active]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
	}, [pathname]);
	return (
		<div className={css.page}>
			<nav ref={nav} className={css.nav} aria-label={label} data-region="views">
				{groups.map((group) => (
					<div key={group.id}>
						<h2>{group.title}</h2>
						<ul>
							{group.pages.map((page) => (
								<li key={page.to}>
									<Link to={page.to} className={css.navLink}>
										<page.Icon size={16} aria-hidden />
										{page.label}
									</Link>
								</li>
							))}
						</ul>
					</div>
				))}
			</nav>
			<div className={css.main} data-region="main">
				{children}
			</div>
		</div>
	);
}
