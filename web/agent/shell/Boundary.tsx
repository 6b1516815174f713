import { Component, type ReactNode } from "react";

interface Props {
	/* What stands there when drawing the children failed. */
	fallback: ReactNode;
	children: ReactNode;
}

/* Keeps a failure in its place: one message that cannot be drawn does not take the ticket with it. */
export class Boundary extends Component<Props, { hasFailed: boolean }> {
	override state = { hasFailed: false };

	static getDerivedStateFromError() {
		return { hasFailed: true };
	}

	override render() {
		return this.state.hasFailed ? this.props.fallback : this.props.children;
	}
}
