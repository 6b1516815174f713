import { Component, type ReactNode } from "react";

interface Props {
	/* What stands there when drawing the children failed. */
	fallback: ReactNode | ((error: unknown) => ReactNode);
	children: ReactNode;
}

/* Keeps a failure in its place: one message that cannot be drawn does not take the ticket with it. */
export class Boundary extends Component<Props, { failure?: { error: unknown } }> {
	override state: { failure?: { error: unknown } } = {};

	static getDerivedStateFromError(error: unknown) {
		return { failure: { error } };
	}

	override render() {
		const { failure } = this.state;
		const { fallback, children } = this.props;
		if (!failure) return children;
		return typeof fallback === "function" ? fallback(failure.error) : fallback;
	}
}
