/* The wire types of the server, typed by hand until `bellhop openapi` prints web/gen/api.d.ts; then this file becomes aliases of it.
 * Ids are decimal strings, times ISO 8601 in UTC. An absent member means "none". */

export type Id = string;
export type Time = string;

export interface User {
	id: Id;
	ownerId: Id;
	email: string;
	firstName?: string;
	lastName?: string;
	role: "super_admin" | "admin" | "agent" | "viewer";
	/* What he may do at all. */
	abilities: string[];
}

/* "open" and other built-in ones, or the number of one that somebody made. */
export type ViewId = string;

export interface ViewCount {
	id: ViewId;
	count: number;
	isCapped?: boolean;
	/* Its filters name what is not there any more. */
	isBroken?: boolean;
	/* Of one that somebody made. */
	name?: string;
	audience?: "PRIVATE" | "TEAMS" | "EVERYONE";
	teamIds?: Id[];
	isMine?: boolean;
	mayEdit?: boolean;
	filterGroups?: FilterGroup[];
	sort?: string;
	columns?: string[];
}

/* All of its filters hold together. */
export interface FilterGroup {
	filters: ListFilter[];
}

/* As a search takes it. */
export interface ListFilter {
	/* Of a linked contact or company; absent: of the ticket. */
	objectType?: string;
	propertyName: string;
	operator: string;
	value?: string;
	highValue?: string;
	values?: string[];
}

export interface TicketRow {
	id: Id;
	subject: string;
	pipelineId: Id;
	stageId: Id;
	isClosed: boolean;
	ownerId?: Id;
	priority?: string;
	sourceType?: string;
	contactId?: Id;
	contactName?: string;
	contactEmail?: string;
	preview?: string;
	activityAt: Time;
	lastMessageFromVisitor: boolean;
	snoozedUntil?: Time;
	snoozedBy?: Id;
	spamAt?: Time;
	createdAt: Time;
	updatedAt: Time;
	version: number;
	/* Ids of users who have seen its newest message, between blanks; "*": everybody, but for "-5". */
	seenBy?: string;
	/* How many addresses take part. */
	participantN?: number;
	channelId?: Id;
	/* What we did last; absent: nothing since the customer wrote. */
	lastAct?: "REPLIED" | "FORWARDED" | "COMMENTED";
	/* How the newest entry begins, where that is a comment. */
	commentPreview?: string;
	/* Where a list asked for them: what its columns show. */
	properties?: Record<string, string>;
}

export interface Page<T, Cursor extends string = "after"> {
	results: T[];
	paging?: { next: Record<Cursor, string> };
}

export interface ContactCard {
	id: Id;
	name?: string;
	email?: string;
	phone?: string;
	company?: string;
	createdAt?: Time;
}

export interface ReplyTo {
	from?: { address: string; name?: string };
	to: string[];
	cc?: string[];
	subject?: string;
}

/* A status that a ticket may go to, and what it demands there. */
export interface StageChoice {
	id: Id;
	label: string;
	isClosed: boolean;
	mayMove: boolean;
	requiredProperties: string[];
	missingProperties: string[];
}

export interface PropertyOption {
	value: string;
	label: string;
	displayOrder?: number;
	hidden?: boolean;
}

export interface PropertyDef {
	name: string;
	label: string;
	type: "string" | "number" | "date" | "datetime" | "enumeration" | "bool" | "phone_number";
	fieldType: string;
	description?: string;
	groupName?: string;
	options: PropertyOption[];
	displayOrder: number;
	calculated?: boolean;
	hidden?: boolean;
	hasUniqueValue?: boolean;
	hubspotDefined?: boolean;
	referencedObjectType?: string;
	modificationMetadata?: { readOnlyValue?: boolean };
}

/* A ticket that was merged into this one (isOther), or that one of the two was split off from (isOther: from this). */
export interface TicketTie {
	actId: Id;
	kind: "merge" | "split";
	isOther: boolean;
	ticketId: Id;
	subject?: string;
	userId?: Id;
	at: Time;
	isUndoable: boolean;
}

export interface Follower {
	userId: Id;
	name: string;
	/* Follows because the ticket is his. */
	isOwner: boolean;
}

export interface Following {
	isFollowing: boolean;
	/* I hear nothing of it. */
	isMuted: boolean;
	/* When I asked to be told of it, and what I wrote to myself. */
	remindAt?: Time;
	reminderNote?: string;
	followers: Follower[];
}

export interface TicketDetail extends Following {
	ticket: TicketRow;
	properties: Record<string, string | null>;
	contact?: ContactCard;
	otherTickets: TicketRow[];
	abilities: string[];
	stages: StageChoice[];
	ties: TicketTie[];
	/* Not on a ticket that a call began, before an email went out. */
	isCommentOffered: boolean;
	replyTo?: ReplyTo;
}

export interface Address {
	address: string;
	name?: string;
}

export interface Attachment {
	id: Id;
	fileId?: Id;
	name?: string;
	contentType: string;
	sizeBytes: number;
	contentId?: string;
	isInline?: boolean;
	url: string;
}

export type DeliveryState = "WAITING" | "QUEUED" | "SENDING" | "SENT" | "FAILED";

export interface Delivery {
	address: string;
	state: DeliveryState;
	tries: number;
	lastError?: string;
	nextTryAt?: Time;
	sentAt?: Time;
}

export interface Message {
	id: Id;
	threadId: Id;
	ticketId: Id;
	type: "MESSAGE" | "COMMENT";
	direction: "INCOMING" | "OUTGOING";
	createdAt: Time;
	subject?: string;
	senderName?: string;
	senderAddress?: string;
	senderUserId?: Id;
	/* From outside, and nobody knows yet which contact it is. */
	isUnidentified?: boolean;
	to?: Address[];
	cc?: Address[];
	bcc?: Address[];
	text?: string;
	html?: string;
	attachments?: Attachment[];
	/* DELETED: a comment that was taken back. */
	state: "RECEIVED" | "QUEUED" | "WAITING" | "SENT" | "FAILED" | "DELETED";
	deliveries?: Delivery[];
	forwardOfId?: Id;
	channelId?: Id;
	/* Of a comment: when its author changed it, and whom it mentions. */
	editedAt?: Time;
	mentionUserIds?: Id[];
}

/* Where an answer to one message goes. */
export interface ReplyTarget {
	channelId: Id;
	channelAccountId: Id;
	to: Address[];
	cc: Address[];
	subject: string;
	forwardSubject: string;
	message?: Message;
}

export interface Sender {
	channelAccountId: Id;
	inboxId: Id;
	name: string;
	address: string;
	signature: string;
	signatureOf: "TEAM" | "USER" | "NONE";
}

/* What a token as contact.firstname stands for; an empty value is missing. */
export interface FilledToken {
	name: string;
	label: string;
	value: string;
}

export interface MessageFile {
	id: Id;
	name: string;
	contentType: string;
	sizeBytes: number;
	width?: number;
	height?: number;
	url: string;
}

export interface ReplyDraft {
	html?: string;
	text?: string;
	to?: string[];
	cc?: string[];
	bcc?: string[];
	subject?: string;
	inReplyToId?: Id;
	isForward?: boolean;
	channelAccountId?: Id;
	attachments?: { fileId: Id; type: "FILE"; contentId?: string }[];
	stageId?: Id;
	lastSeenMessageId?: Id;
	/* Of the ticket, set with it: what the status asks for. */
	properties?: Record<string, string>;
}

/* A reply that waits to be sent. */
export interface HeldReply {
	id: Id;
	ticketId: Id;
	userId: Id;
	state: "HELD" | "SCHEDULED" | "PAUSED" | "FAILED";
	sendAt: Time;
	createdAt: Time;
	subject?: string;
	to: Address[];
	cc: Address[];
	bcc: Address[];
	text: string;
	html?: string;
	stageId?: Id;
	properties: Record<string, string>;
	attachments: { fileId: Id; name?: string }[];
	problem?: string;
	mayChange: boolean;
}

/* What a pipeline of tickets does by itself; empty: nothing. */
export interface PipelineAutomation {
	pipelineId: Id;
	sentStageId?: Id;
	receivedStageId?: Id;
	keepsCloseDate: boolean;
}

export interface CrmObject {
	id: Id;
	properties: Record<string, string | null>;
	createdAt: Time;
	updatedAt: Time;
	archived: boolean;
}

export interface Stage {
	id: Id;
	label: string;
	displayOrder: number;
	metadata?: { ticketState?: "OPEN" | "CLOSED"; isClosed?: string | boolean };
}

export interface Pipeline {
	id: Id;
	label: string;
	displayOrder: number;
	stages: Stage[];
}

/* What a pipeline asks of people. */
export interface PipelineRules {
	pipelineId: Id;
	/* Where tickets may begin; none: anywhere. */
	entryStageIds: Id[];
	forbidsSkipping: boolean;
	forbidsGoingBack: boolean;
	stages: { stageId: Id; requiredProperties: string[] }[];
}

export interface Owner {
	id: Id;
	email?: string;
	firstName?: string;
	lastName?: string;
	userId?: number | string;
}

export interface OutboxRow {
	id: Id;
	ticketId: Id;
	messageId: Id;
	subject?: string;
	address: string;
	state: DeliveryState;
	tries: number;
	lastError?: string;
	queuedAt: Time;
	nextTryAt?: Time;
	sentAt?: Time;
}

export interface Outbox {
	relay: { url?: string; isConfigured: boolean };
	waiting: number;
	results: OutboxRow[];
}

export type MailSecurity = "tls" | "starttls" | "none";

export interface Mailbox {
	id: Id;
	inboxId?: Id;
	address: string;
	host: string;
	port: number;
	security: MailSecurity;
	username: string;
	folder: string;
	isActive?: boolean;
	state: "new" | "connecting" | "watching" | "failed";
	lastError?: string;
	lastSyncAt?: Time;
}

export interface MailboxInput {
	inboxId?: Id;
	host: string;
	port: number;
	security: MailSecurity;
	username: string;
	password: string;
	folder: string;
	caFile?: string;
}

export interface Inbox {
	id: Id;
	name?: string;
}

export interface Relay {
	url?: string;
	username?: string;
	isConfigured: boolean;
	fromCommandLine: boolean;
}

export interface QuarantineRow {
	id: Id;
	receivedAt: Time;
	channel: string;
	address?: string;
	sizeBytes: number;
	reason: string;
	subject?: string;
	sender?: string;
}

export const STREAM_KINDS = [
	"ticket.created",
	"ticket.changed",
	"ticket.deleted",
	"ticket.restored",
	"ticket.messages",
	"ticket.hidden",
	"message.added",
	"message.changed",
	"contact.created",
	"contact.changed",
	"contact.deleted",
	"object.created",
	"object.changed",
	"object.deleted",
	"association.changed",
	"outbox.changed",
	"mailbox.changed",
	"quarantine.changed",
	"ticket.seen",
	"draft.changed",
	"held_reply.changed",
	"view.changed",
	"article.changed",
	"notification.changed",
	"follow.changed",
	"library.changed",
	"library.folder",
	"share.changed",
	"booking.changed",
] as const;
export type StreamKind = (typeof STREAM_KINDS)[number];

export type PresenceState = "away" | "viewing" | "reply" | "comment";
/* A colleague who is on a ticket right now. */
export interface Present {
	userId: Id;
	state: Exclude<PresenceState, "away">;
	isTyping: boolean;
}
/* Told on the stream as ticket.presence, and never again. */
export interface PresenceNews {
	ticketId: Id;
	userId: Id;
	state: PresenceState;
	isTyping: boolean;
}

export interface StreamEvent {
	id?: Id | number;
	kind: StreamKind;
	at?: Time;
	actorUserId?: Id;
	aboutId?: Id;
	ticketId?: Id;
	messageId?: Id;
	ticket?: TicketRow;
}
