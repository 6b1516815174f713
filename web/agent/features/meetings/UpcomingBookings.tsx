import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Dialog, Select, Skeleton, toast } from "#ui";
import { type Booking, meetings, useBookings, useMoveSlots } from "../../data/meetings";
import { useErrorText } from "../../shell/useErrorText";
import library from "../library/Library.module.css";
import css from "./Meetings.module.css";

/* Tuesday, 24 November 2026, 10:30 on one's own clock. */
function useWhen() {
	const { locale } = useIntl();
	const f = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" });
	return (iso: string) => f.format(Date.parse(iso));
}

/* What customers have booked. */
export function UpcomingBookings() {
	const t = useText();
	const errorText = useErrorText();
	const when = useWhen();
	const bookings = useBookings();
	const [canceled, setCanceled] = useState<Booking>();
	const [moved, setMoved] = useState<Booking>();
	return (
		<section className={css.section} aria-label={t("meetings.upcoming")}>
			<h2 className={css.sectionHead}>{t("meetings.upcoming")}</h2>
			<div className={library.card}>
				{bookings.isPending && (
					<div className={library.pad} role="status" aria-label={t("app.loading")}>
						<Skeleton width="60%" />
					</div>
				)}
				{bookings.isError && !bookings.data && (
					<Banner tone="bad" role="alert">
						{errorText(bookings.error)}
					</Banner>
				)}
				{bookings.data?.length === 0 && <p className={css.empty}>{t("meetings.noneBooked")}</p>}
				{bookings.data && bookings.data.length > 0 && (
					<ul className={library.rows}>
						{bookings.data.map((b) => (
							<li key={b.id} className={library.row}>
								<div className={library.rowText}>
									<div className={library.rowTitle}>
										<Link to="/contacts/$recordId" params={{ recordId: b.contactId }} dir="auto">
											{b.name}
										</Link>
										<span dir="auto">{b.pageTitle}</span>
									</div>
									<span className={css.url}>
										<time dateTime={b.startAt}>{when(b.startAt)}</time>
									</span>
									<p className={library.rowNote}>
										<span dir="auto">{b.hostName}</span>
										<span>{b.email}</span>
									</p>
									{b.note && (
										<p className={library.excerpt} dir="auto">
											{b.note}
										</p>
									)}
								</div>
								{b.mayChange && (
									<div className={css.actions}>
										<Button size="s" onPress={() => setMoved(b)} aria-label={t("meetings.moveOf", { name: b.name })}>
											{t("meetings.move")}
										</Button>
										<Button
											size="s"
											onPress={() => setCanceled(b)}
											aria-label={t("meetings.cancelOf", { name: b.name })}
										>
											{t("meetings.cancel")}
										</Button>
									</div>
								)}
							</li>
						))}
					</ul>
				)}
			</div>
			{canceled && <CancelDialog booking={canceled} onClose={() => setCanceled(undefined)} />}
			{moved && <MoveDialog booking={moved} onClose={() => setMoved(undefined)} />}
		</section>
	);
}

function CancelDialog({ booking, onClose }: { booking: Booking; onClose: () => void }) {
	const t = useText();
	const when = useWhen();
	const { problem, isBusy, run } = useRun(onClose);
	return (
		<Dialog
			isOpen
			role="alertdialog"
			title={t("meetings.cancelTitle")}
			closeLabel={t("common.close")}
			onClose={onClose}
			actions={
				<>
					<Button onPress={onClose}>{t("meetings.keep")}</Button>
					<Button
						look="danger"
						isPending={isBusy}
						onPress={() => void run(() => meetings.cancel(booking.id), t("meetings.canceled"))}
					>
						{t("meetings.cancelTitle")}
					</Button>
				</>
			}
		>
			<p>{t("meetings.cancelText", { name: booking.name, when: when(booking.startAt) })}</p>
			{problem && (
				<Banner tone="bad" role="alert">
					{problem}
				</Banner>
			)}
		</Dialog>
	);
}

function MoveDialog({ booking, onClose }: { booking: Booking; onClose: () => void }) {
	const t = useText();
	const when = useWhen();
	const [from, setFrom] = useState(() => new Date().toISOString());
	const [startAt, setStart] = useState<string>();
	const slots = useMoveSlots(booking.id, from);
	const { problem, isBusy, run } = useRun(onClose);
	const last = slots.data?.at(-1)?.startAt ?? from;
	return (
		<Dialog
			isOpen
			title={t("meetings.moveTitle")}
			closeLabel={t("common.close")}
			onClose={onClose}
			actions={
				<>
					<Button onPress={onClose}>{t("common.cancel")}</Button>
					<Button
						look="solid"
						isPending={isBusy}
						isDisabled={!startAt}
						onPress={() => startAt && void run(() => meetings.move(booking.id, startAt), t("meetings.moved"))}
					>
						{t("meetings.moveTitle")}
					</Button>
				</>
			}
		>
			<div className={library.form}>
				<p>{t("meetings.moveText", { name: booking.name, when: when(booking.startAt) })}</p>
				{problem && (
					<Banner tone="bad" role="alert">
						{problem}
					</Banner>
				)}
				{slots.isPending && <Skeleton width="60%" />}
				{slots.data?.length === 0 && <p>{t("meetings.noSlots")}</p>}
				{slots.data && slots.data.length > 0 && (
					<Select
						label={t("meetings.newTime")}
						placeholder={t("meetings.chooseTime")}
						choices={slots.data.map((s) => ({ id: s.startAt, label: when(s.startAt) }))}
						value={startAt}
						onChange={setStart}
					/>
				)}
				<div>
					<Button
						size="s"
						onPress={() => {
							setStart(undefined);
							setFrom(
								new Date(
									Math.max(Date.parse(last), Date.parse(from)) +
										14 * 86_400_000 * Number(slots.data?.length === 0) +
										60_000,
								).toISOString(),
							);
						}}
					>
						{t("meetings.laterTimes")}
					</Button>
				</div>
			</div>
		</Dialog>
	);
}

function useRun(onDone: () => void) {
	const errorText = useErrorText();
	const [problem, setProblem] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	async function run(change: () => Promise<unknown>, said: string) {
		setBusy(true);
		setProblem(undefined);
		try {
			await change();
			toast("good", said);
			onDone();
		} catch (e) {
			setProblem(errorText(e));
		} finally {
			setBusy(false);
		}
	}
	return { problem, isBusy, run };
}
