/* The pages of the rail's records, one chunk. */
import { RecordListPage } from "./RecordListPage";
import { RecordPage } from "./RecordPage";

export const ContactsPage = () => <RecordListPage objectType="contacts" />;
export const CompaniesPage = () => <RecordListPage objectType="companies" />;
export const DealsPage = () => <RecordListPage objectType="deals" />;
export const ContactPage = () => <RecordPage objectType="contacts" />;
export const CompanyPage = () => <RecordPage objectType="companies" />;
export const DealPage = () => <RecordPage objectType="deals" />;
