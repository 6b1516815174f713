/* The pages of the library in the order of their tabs. */
import { BookOpen, FileText, LayoutTemplate, MessageSquareText } from "lucide-react";

export const LIBRARY_PAGES = [
	{ to: "/library/articles", label: "articles.title", Icon: BookOpen },
	{ to: "/library/snippets", label: "snippets.title", Icon: MessageSquareText },
	{ to: "/library/templates", label: "templates.title", Icon: LayoutTemplate },
	{ to: "/library/documents", label: "documents.title", Icon: FileText },
] as const;
