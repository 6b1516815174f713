import { type ReactNode, useState } from "react";
import { Boundary } from "./Boundary";
import { ErrorPage } from "./ErrorPage";

/* A region that fails says so in its own place; the other regions go on working. resetKey: what it is about; another one is a new
 * start. */
export function RegionBoundary({ resetKey, children }: { resetKey?: string; children: ReactNode }) {
	const [tries, setTries] = useState(0);
	return (
		<Boundary
			key={`${resetKey} ${tries}`}
			fallback={(error) => <ErrorPage error={error} reset={() => setTries(tries + 1)} />}
		>
			{children}
		</Boundary>
	);
}
