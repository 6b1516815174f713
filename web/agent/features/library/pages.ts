/* The pages of the library in the order of their tabs. */
import {
	BookOpen,
	CalendarClock,
	FileText,
	LayoutTemplate,
	MessageSquareText,
	Package,
	ReceiptText,
	Video,
} from "lucide-react";

export const LIBRARY_PAGES = [
	{ to: "/library/articles", label: "articles.title", Icon: BookOpen },
	{ to: "/library/snippets", label: "snippets.title", Icon: MessageSquareText },
	{ to: "/library/templates", label: "templates.title", Icon: LayoutTemplate },
	{ to: "/library/documents", label: "documents.title", Icon: FileText },
	{ to: "/library/videos", label: "videos.title", Icon: Video },
	{ to: "/library/quotes", label: "quotes.title", Icon: ReceiptText },
	{ to: "/library/products", label: "products.title", Icon: Package },
	{ to: "/library/meetings", label: "meetings.title", Icon: CalendarClock },
] as const;
