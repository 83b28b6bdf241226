mod copies;
mod doctor;
mod index;
mod inspect;
mod interrupted;
mod query;
mod show;
mod timeline;
