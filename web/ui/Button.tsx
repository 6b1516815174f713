import type { ReactNode, Ref } from "react";
import { Button as AriaButton, type ButtonProps, Tooltip, TooltipTrigger } from "react-aria-components";
import css from "./Button.module.css";
import { cx } from "./cx";

export type ButtonLook = "solid" | "outline" | "quiet" | "danger";

interface Props extends Omit<ButtonProps, "className" | "children" | "style"> {
	look?: ButtonLook;
	size?: "s" | "m";
	icon?: ReactNode;
	children?: ReactNode;
	className?: string;
	ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = "outline", size = "m", icon, children, className, ...rest }: Props) {
	return (
		<AriaButton {...rest} className={cx(css.button, css[look], css[size], className)}>
			{icon}
			{children}
		</AriaButton>
	);
}

interface IconProps extends Omit<Props, "children" | "icon" | "aria-label"> {
	label: string;
	shortcut?: string;
	children: ReactNode;
	tipSide?: "top" | "bottom" | "right" | "left";
}

/* A button that is only a picture: its name stands in a tip and for screen readers. */
export function IconButton({
	label,
	shortcut,
	look = "quiet",
	size = "m",
	className,
	children,
	tipSide = "top",
	...rest
}: IconProps) {
	return (
		<TooltipTrigger delay={500} closeDelay={0}>
			<AriaButton {...rest} aria-label={label} className={cx(css.button, css.icon, css[look], css[size], className)}>
				{children}
			</AriaButton>
			<Tooltip className={css.tip} placement={tipSide} offset={6}>
				{label}
				{shortcut && <kbd>{shortcut}</kbd>}
			</Tooltip>
		</TooltipTrigger>
	);
}
