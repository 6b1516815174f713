export { NewVideoPage } from "./NewVideoPage";
export { VideoPage } from "./VideoPage";
export { VideosPage } from "./VideosPage";
