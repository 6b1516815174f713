import { CalendarClock, Clock, Copy, Ellipsis, ExternalLink, Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState, IconButton, MenuButton, Pill, Skeleton, toast } from "#ui";
import { type BookingPage, meetings, useBookingPages } from "../../data/meetings";
import { may, useUser } from "../../data/session";
import { useErrorText } from "../../shell/useErrorText";
import { useOpenItem } from "../library";
import library from "../library/Library.module.css";
import { offerUndo } from "../manage";
import { BookingPageDialog } from "./BookingPageDialog";
import { HoursDialog } from "./HoursDialog";
import css from "./Meetings.module.css";
import { UpcomingBookings } from "./UpcomingBookings";

/* Where customers book meetings, what they booked, and when one works. */
export function MeetingsPage() {
	const t = useText();
	const errorText = useErrorText();
	const mayMake = may(useUser(), "customise");
	const pages = useBookingPages();
	const form = useOpenItem();
	const opened = pages.data?.find((p) => p.id === form.id);
	const [isHoursOpen, setHoursOpen] = useState(false);
	useEffect(() => {
		document.title = `${t("meetings.title")} – ${t("app.name")}`;
	}, [t]);

	return (
		<div className={library.content}>
			<header className={library.head}>
				<div>
					<h1 className={library.title}>{t("meetings.title")}</h1>
					<p className={library.lead}>{t("meetings.lead")}</p>
				</div>
				{mayMake && (
					<div className={css.actions}>
						<Button icon={<Clock size={15} aria-hidden />} onPress={() => setHoursOpen(true)}>
							{t("meetings.hours")}
						</Button>
						<Button look="solid" icon={<Plus size={15} aria-hidden />} onPress={() => form.open("new")}>
							{t("meetings.new")}
						</Button>
					</div>
				)}
			</header>
			<section className={css.section} aria-label={t("meetings.pages")}>
				<h2 className={css.sectionHead}>{t("meetings.pages")}</h2>
				<div className={library.card}>
					{pages.isPending && (
						<div className={library.pad} role="status" aria-label={t("app.loading")}>
							<Skeleton width="60%" />
						</div>
					)}
					{pages.isError && !pages.data && (
						<EmptyState
							role="alert"
							icon={<CalendarClock size={22} />}
							title={t("meetings.loadError")}
							text={errorText(pages.error)}
							action={<Button onPress={() => void pages.refetch()}>{t("common.retry")}</Button>}
						/>
					)}
					{pages.data?.length === 0 && (
						<EmptyState icon={<CalendarClock size={22} />} title={t("meetings.none")} text={t("meetings.noneText")} />
					)}
					{pages.data && pages.data.length > 0 && (
						<ul className={library.rows}>
							{pages.data.map((page) => (
								<Row key={page.id} page={page} onOpen={() => form.open(page.id)} />
							))}
						</ul>
					)}
				</div>
			</section>
			<UpcomingBookings />
			{(opened || form.id === "new") && <BookingPageDialog key={form.id} page={opened} onClose={form.close} />}
			{isHoursOpen && <HoursDialog onClose={() => setHoursOpen(false)} />}
		</div>
	);
}

function Row({ page, onOpen }: { page: BookingPage; onOpen: () => void }) {
	const t = useText();
	const errorText = useErrorText();

	async function copy() {
		try {
			await navigator.clipboard.writeText(page.url);
			toast("good", t("meetings.copied"));
		} catch {
			toast("bad", t("meetings.notCopied"));
		}
	}
	async function change(run: () => Promise<unknown>) {
		try {
			await run();
			return true;
		} catch (e) {
			toast("bad", errorText(e));
			return false;
		}
	}
	async function archive() {
		if (!(await change(() => meetings.archive(page.id)))) return;
		offerUndo(t("library.archived", { name: page.title }), {
			label: t("common.undo"),
			run: () => void change(() => meetings.restore(page.id)),
		});
	}
	const items = [
		{
			id: "open",
			label: t("meetings.openPage"),
			icon: <ExternalLink size={15} aria-hidden />,
			run: () => void window.open(page.url, "_blank", "noopener"),
		},
		...(page.mayEdit
			? [
					{
						id: "active",
						label: t(page.isActive ? "meetings.close" : "meetings.reopen"),
						run: () => void change(() => meetings.change(page.id, { isActive: !page.isActive })),
					},
					{ id: "archive", label: t("library.archive"), run: () => void archive() },
				]
			: []),
	];
	return (
		<li className={library.row}>
			<div className={library.rowText}>
				<div className={library.rowTitle}>
					{page.mayEdit ? (
						<button type="button" className={library.rowName} onClick={onOpen} dir="auto">
							{page.title}
						</button>
					) : (
						<span dir="auto">{page.title}</span>
					)}
					{page.teamId && <Pill tone="quiet">{t("meetings.ofTeam")}</Pill>}
					{!page.isActive && <Pill tone="warn">{t("meetings.inactive")}</Pill>}
				</div>
				<span className={css.url}>{page.url.replace(/^https?:\/\//, "")}</span>
				<p className={library.rowNote}>
					<span dir="auto">{page.hostName}</span>
					<span>{page.lengths.map((n) => t("meetings.minutes", { count: n })).join(", ")}</span>
				</p>
			</div>
			<div className={css.actions}>
				<Button
					size="s"
					icon={<Copy size={14} aria-hidden />}
					onPress={() => void copy()}
					aria-label={t("meetings.copyOf", { name: page.title })}
				>
					{t("meetings.copy")}
				</Button>
				<MenuButton
					label={t("meetings.more", { name: page.title })}
					side="bottom end"
					items={items}
					button={
						<IconButton label={t("meetings.more", { name: page.title })} size="s">
							<Ellipsis size={16} aria-hidden />
						</IconButton>
					}
				/>
			</div>
		</li>
	);
}
