import { later } from "../../shell/later";

export { begunEdit } from "./begunEdit";

export const CommentMenu = later(async () => (await import("./CommentMenu")).CommentMenu);
export const CommentEdit = later(async () => (await import("./CommentEdit")).CommentEdit);
export const FollowButton = later(async () => (await import("./FollowButton")).FollowButton);
