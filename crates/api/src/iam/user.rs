//! Users.

use super::{ListInput, Tag, operations, shapes};
use crate::{Timestamp, operation::Nothing};

operations! {
    /// Makes a user, who may do nothing yet.
    Iam CreateUser, read only false, CreateUserInput => UserOutput;
    /// Returns a user; the caller where none is named.
    Iam GetUser, read only true, UserInput => UserOutput;
    /// Lists the account's users.
    Iam ListUsers, read only true, ListInput => ListUsersOutput;
    /// Removes a user, who must have no policies and no access keys left.
    Iam DeleteUser, read only false, UserInput => Nothing;
}

shapes! {
    /// What CreateUser takes.
    CreateUserInput {
        /// 1 to 64 characters of `a-z A-Z 0-9 + = , . @ _ -`.
        user_name: String,
        /// `/` or `/folder/`.
        path: Option<String>,
        /// Labels, which policies can ask for as `aws:PrincipalTag`.
        tags: Option<Vec<Tag>>,
    }
    /// A user's name.
    UserInput {
        /// The caller where none is given.
        user_name: Option<String>,
    }
    /// A user.
    UserOutput {
        /// The user.
        user: User,
    }
    /// What is known of a user.
    User {
        /// `/` or `/folder/`.
        path: String,
        /// Its name.
        user_name: String,
        /// `AIDA…`
        user_id: String,
        /// `arn:aws:iam::111122223333:user/ann`
        arn: String,
        /// When it was made.
        create_date: Timestamp,
        /// Its labels, where there are some.
        tags: Option<Vec<Tag>>,
    }
    /// A page of users.
    ListUsersOutput {
        /// In order of name.
        users: Vec<User>,
        /// Whether there is a next page.
        is_truncated: bool,
        /// What to give for the next page.
        marker: Option<String>,
    }
}
