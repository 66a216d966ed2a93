using LangSmithPg.Common;
using LangSmithPg.Files;
using LangSmithPg.Helm;
using LangSmithPg.Yaml.Editing;

namespace LangSmithPg.Yaml.Tests.Editing;

public sealed class ValuesEditorTests
{
    static readonly HelmValues Name = HelmValues.Empty.With(ValuesPath.Of("postgres.external.existingSecretName"), "pg");

    // What stands there, and what becomes of it when postgres.external.existingSecretName is set to pg.
    public static TheoryData<string, string> Examples => new()
    {
        { "", "postgres:\n  external:\n    existingSecretName: pg\n" },
        { "# comment\n", "# comment\npostgres:\n  external:\n    existingSecretName: pg\n" },
        { "# comment", "# comment\npostgres:\n  external:\n    existingSecretName: pg" },
        { "---\n", "---\npostgres:\n  external:\n    existingSecretName: pg\n" },
        { "a: 1\n", "a: 1\npostgres:\n  external:\n    existingSecretName: pg\n" },
        { "? a\n: 1\n", "? a\n: 1\npostgres:\n  external:\n    existingSecretName: pg\n" },
        { "postgres:\n  external:\n    ? enabled\n", "postgres:\n  external:\n    ? enabled\n    existingSecretName: pg\n" },
        { "? ? a\n: b: c\n", "? ? a\n: b: c\npostgres:\n  external:\n    existingSecretName: pg\n" },
        { "?\n a\n: b\n", "?\n a\n: b\npostgres:\n  external:\n    existingSecretName: pg\n" },
        { "a: 1\n? !x\n", "a: 1\n? !x\npostgres:\n  external:\n    existingSecretName: pg\n" },
        { "? !x", "? !x\npostgres:\n  external:\n    existingSecretName: pg" },
        { "a: 1", "a: 1\npostgres:\n  external:\n    existingSecretName: pg" },
        { "a: 1\r\n", "a: 1\r\npostgres:\r\n  external:\r\n    existingSecretName: pg\r\n" },
        { "a: 1\r\nb: 2", "a: 1\r\nb: 2\r\npostgres:\r\n  external:\r\n    existingSecretName: pg" },
        { "\uFEFFa: 1\n", "\uFEFFa: 1\npostgres:\n  external:\n    existingSecretName: pg\n" },
        { "postgres:\n", "postgres:\n  external:\n    existingSecretName: pg\n" },
        { "postgres: # of ours\nb: 2\n", "postgres: # of ours\n  external:\n    existingSecretName: pg\nb: 2\n" },
        { "postgres: {}\nb: 2\n", "postgres:\n  external:\n    existingSecretName: pg\nb: 2\n" },
        { "postgres: {}  # of ours\nb: 2\n", "postgres:   # of ours\n  external:\n    existingSecretName: pg\nb: 2\n" },
        { "postgres: ~\n", "postgres:\n  external:\n    existingSecretName: pg\n" },
        { "postgres:\n  external: {}", "postgres:\n  external:\n    existingSecretName: pg" },
        { "postgres:\n  external:\n    enabled: true\nb: 2\n", "postgres:\n  external:\n    enabled: true\n    existingSecretName: pg\nb: 2\n" },
        { "postgres:\n    external:\n        enabled: true\n", "postgres:\n    external:\n        enabled: true\n        existingSecretName: pg\n" },
        { "a:\n    b: 1\npostgres:\n", "a:\n    b: 1\npostgres:\n    external:\n        existingSecretName: pg\n" },
        { "postgres:\n  external:\n    existingSecretName: \"\" # here\n", "postgres:\n  external:\n    existingSecretName: \"pg\" # here\n" },
        { "postgres:\n  external:\n    existingSecretName: '' # here\n", "postgres:\n  external:\n    existingSecretName: 'pg' # here\n" },
        { "postgres:\n  external:\n    existingSecretName:\n    b: 1\n", "postgres:\n  external:\n    existingSecretName: pg\n    b: 1\n" },
        { "postgres:\n  external:\n    existingSecretName: # here\n", "postgres:\n  external:\n    existingSecretName: pg # here\n" },
        { "postgres:\n  external:\n    existingSecretName: other # here\n", "postgres:\n  external:\n    existingSecretName: pg # here\n" },
        { "postgres:\n  external:\n    existingSecretName:   other\n", "postgres:\n  external:\n    existingSecretName:   pg\n" },
        { "postgres:\n  external:\n    existingSecretName: |\n      other\n      more\n\nb: 2\n", "postgres:\n  external:\n    existingSecretName: pg\n\nb: 2\n" },
        { "postgres:\n  external:\n    existingSecretName: other\n      more\nb: 2\n", "postgres:\n  external:\n    existingSecretName: pg\nb: 2\n" },
        { "postgres: {external: {enabled: true}}\n", "postgres: {external: {enabled: true, existingSecretName: \"pg\"}}\n" },
        { "postgres: {external: {}}\n", "postgres: {external: {existingSecretName: \"pg\"}}\n" },
        { "postgres: {external: {existingSecretName: other}}\n", "postgres: {external: {existingSecretName: \"pg\"}}\n" },
        { "{\"postgres\":{\"external\":{\"existingSecretName\":\"other\",\"a\":1}}}\n", "{\"postgres\":{\"external\":{\"existingSecretName\": \"pg\",\"a\":1}}}\n" },
        { "postgres: {external: {existingSecretName: , a: 1}}\n", "postgres: {external: {existingSecretName: \"pg\", a: 1}}\n" },
        { "{}\n", "postgres:\n  external:\n    existingSecretName: pg\n" },
        { "postgres:\n  external:\n    enabled: true\n    # connectionUrl: \"\"\n  # of the next one\nb: 2\n", "postgres:\n  external:\n    enabled: true\n    # connectionUrl: \"\"\n    existingSecretName: pg\n  # of the next one\nb: 2\n" },
        { "postgres:\n  external:\n    enabled: true\n\n# of the next one\nb: 2\n", "postgres:\n  external:\n    enabled: true\n    existingSecretName: pg\n\n# of the next one\nb: 2\n" },
        { "postgres:\n  external:\n    text: |\n      line\n\n\nb: 2\n", "postgres:\n  external:\n    text: |\n      line\n    existingSecretName: pg\n\n\nb: 2\n" },
        { "postgres:\n  external:\n    text: |+\n      line\n\nb: 2\n", "postgres:\n  external:\n    text: |+\n      line\n\n    existingSecretName: pg\nb: 2\n" },
        { "postgres:\n  external:\n    list:\n    - a\n    - b: 1\n", "postgres:\n  external:\n    list:\n    - a\n    - b: 1\n    existingSecretName: pg\n" },
        { "\"postgres\":\n  'external':\n    enabled: true\n", "\"postgres\":\n  'external':\n    enabled: true\n    existingSecretName: pg\n" },
        { "x: &a {b: 1}\ny: *a\npostgres:\n", "x: &a {b: 1}\ny: *a\npostgres:\n  external:\n    existingSecretName: pg\n" },
        { "a:\n \t ", "a:\n \t \npostgres:\n  external:\n    existingSecretName: pg" },
        { "a: 1\n  ", "a: 1\n  \npostgres:\n  external:\n    existingSecretName: pg" },
        { "postgres:\n \t", "postgres:\n \t\n  external:\n    existingSecretName: pg" },
        { "a: 1\n...\n", "a: 1\npostgres:\n  external:\n    existingSecretName: pg\n...\n" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_value_is_set_where_a_careful_person_would_set_it(string before, string after)
    {
        var edit = ValuesEditor.Apply(before, Name);

        Assert.Equal(after, edit.Text);
        Assert.Equal("postgres.external.existingSecretName", Assert.Single(edit.Changes).Path.ToString());
        var again = ValuesEditor.Apply(after, Name);
        Assert.Equal((after, ""), (again.Text, again.Diff));
        Assert.Empty(again.Changes);
    }

    public static TheoryData<string, FileProblemKind, int, int> Refusals => new()
    {
        { "a:\n\tb: 1\n", FileProblemKind.SyntaxError, 2, 1 },
        { "a: [1\n", FileProblemKind.SyntaxError, 2, 1 },
        { "a: 1\n---\nb: 2\n", FileProblemKind.SeveralDocuments, 2, 1 },
        { "postgres: 1\n", FileProblemKind.NotAMap, 1, 11 },
        { "postgres:\n  external:\n  - a\n", FileProblemKind.NotAMap, 3, 3 },
        { "- a\n", FileProblemKind.NotAMap, 1, 1 },
        { "postgres:\n  external:\n    existingSecretName:\n      a: 1\n", FileProblemKind.NotAValue, 4, 7 },
        { "postgres:\n  external:\n    existingSecretName: [a]\n", FileProblemKind.NotAValue, 3, 25 },
        { "postgres:\n  a: 1\npostgres:\n  b: 1\n", FileProblemKind.DuplicateKey, 3, 1 },
        { "postgres: &p\n  external: {}\n", FileProblemKind.SharedPlace, 1, 11 },
        { "x: &x {}\npostgres:\n  external: *x\n", FileProblemKind.SharedPlace, 3, 13 },
        { "postgres:\n  external:\n    existingSecretName: &n other\n", FileProblemKind.SharedPlace, 3, 25 },
        { "x: &x {a: 1}\npostgres:\n  external:\n    <<: *x\n", FileProblemKind.SharedPlace, 4, 5 },
        { "postgres:\n  external:\n    existingSecretName: !!str other\n", FileProblemKind.Tagged, 3, 25 },
        { "a: 1\nb: 2\rc: 3\n", FileProblemKind.OddLineEnd, 2, 5 },
        { "a: \"x\u2028y\"\n", FileProblemKind.OddLineEnd, 1, 6 },
        { "\ta: 1\n", FileProblemKind.SyntaxError, 1, 1 },
        { "a: 1\nb: \0c\n", FileProblemKind.SyntaxError, 2, 4 },
        { "a: 1\n%TEG x\n", FileProblemKind.SyntaxError, 2, 1 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_cannot_be_edited_without_harm_is_refused_by_name_and_place(string text, FileProblemKind kind, int line, int column)
    {
        var exception = Assert.Throws<FileEditException>(() => ValuesEditor.Apply(text, Name));

        Assert.Equal((kind, line, column), (exception.Kind, exception.Line, exception.Column));
        Assert.NotEmpty(exception.Fix);
    }

    // YamlDotNet throws other exceptions than its own over these.
    [Theory]
    [InlineData("a: !!b]c d\n")]
    [InlineData("a: {b: {c: 'q', \"d\": c\nlientCert:\n~}\n")]
    [InlineData("%TAG ! \n---\na: 1\n")]
    public void What_its_reader_stumbles_over_is_no_YAML(string text)
    {
        var exception = Assert.Throws<FileEditException>(() => ValuesEditor.Apply(text, Name));

        Assert.Equal(FileProblemKind.SyntaxError, exception.Kind);
        Assert.NotNull(exception.Line);
    }

    [Fact]
    public void A_file_of_another_size_is_refused() =>
        Assert.Equal(FileProblemKind.FileTooLarge, Assert.Throws<FileEditException>(() => ValuesEditor.Apply(new string('#', 20 << 20), Name)).Kind);

    [Fact]
    public void A_document_that_is_nested_without_end_is_refused() =>
        Assert.Equal(
            FileProblemKind.SyntaxError,
            Assert.Throws<FileEditException>(() => ValuesEditor.Apply("a: " + new string('[', 200_000) + new string(']', 200_000), Name)).Kind);

    [Theory]
    [InlineData("enabled: true", false)]
    [InlineData("enabled: yes", false)]
    [InlineData("enabled: \"true\"", true)]
    [InlineData("enabled: false", true)]
    [InlineData("enabled:", false)]
    public void A_conflict_is_what_the_file_says_otherwise(string line, bool isConflict)
    {
        var edit = ValuesEditor.Apply(line, HelmValues.Empty.With(ValuesPath.Of("enabled"), true));

        Assert.Equal(isConflict, edit.Conflicts.Count > 0);
    }

    [Fact]
    public void Numbers_texts_and_flags_stay_what_they_are()
    {
        var values = HelmValues.Empty.With(ValuesPath.Of("a"), "true").With(ValuesPath.Of("b"), "5432").With(ValuesPath.Of("c"), 1000L).With(ValuesPath.Of("d"), true);

        Assert.Equal("a: \"true\"\nb: \"5432\"\nc: 1000\nd: true\n", ValuesEditor.Apply("a: true\nb: 5432\nc: \"1000\"\nd: \"true\"\n", values).Text);
    }

    [Fact]
    public void The_diff_shows_the_change_and_masks_every_secret()
    {
        const string Before = "licenseKey: N33dle-1\npostgres:\n  external:\n    connectionUrl: \"u:N33dle-2@h/d\" # old\nredis:\n  password: N33dle-3\n";
        var values = HelmValues.Empty.With(ValuesPath.Of("postgres.external.connectionUrl"), "u:N33dle-4@h/d", isSecret: true)
            .With(ValuesPath.Of("postgres.external.customTls"), true);

        var edit = ValuesEditor.Apply(Before, values);

        Assert.Equal(
            """
            @@ -1,6 +1,7 @@
             licenseKey: ****
             postgres:
               external:
            -    connectionUrl: ****
            +    connectionUrl: **** # old
            +    customTls: true
             redis:
               password: ****

            """.ReplaceLineEndings("\n"), edit.Diff);
        Assert.Contains("u:N33dle-4@h/d", edit.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("N33dle", string.Join(' ', edit.Changes), StringComparison.Ordinal);
    }
}
