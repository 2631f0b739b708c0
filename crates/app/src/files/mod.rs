pub(crate) mod recognise; pub(crate) mod pace;
