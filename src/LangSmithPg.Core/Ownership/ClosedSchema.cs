namespace LangSmithPg.Ownership;

/// <summary>A schema in which a role may not create.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FollowsDatabase">Whether it belongs to whoever owns the database, as <c>public</c> does since PostgreSQL 15.</param>
sealed record ClosedSchema(string Name, bool FollowsDatabase);
