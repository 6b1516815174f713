export { ArticlePage } from "./ArticlePage";
export { ArticlesPage } from "./ArticlesPage";
