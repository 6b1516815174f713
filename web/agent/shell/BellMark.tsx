/* The reception bell. */
export function BellMark({ size }: { size: number }) {
	return (
		<svg
			width={size}
			height={size}
			viewBox="0 0 24 24"
			fill="none"
			stroke="currentColor"
			strokeWidth="1.9"
			strokeLinecap="round"
			strokeLinejoin="round"
			aria-hidden="true"
		>
			<path d="M3.500 18.500h17M5.500 18.500v-2.200a6.500 6.500 0 0 1 13 0v2.200M12 9.800V6.600M9.800 6.600h4.400" />
		</svg>
	);
}
