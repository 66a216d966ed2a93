namespace LangSmithPg.Core.Tests;

/// <summary>
/// Texts that lie beside the tests as files, every word of them. Where one is changed, what it is now lies in a file <c>….actual.txt</c>
/// beside the test's program, to be read and taken over.
/// </summary>
static class SnapshotFile
{
    public static void AssertIs(string file, string actual)
    {
        var path = Path.Join(AppContext.BaseDirectory, file);
        var expected = File.ReadAllText(path).ReplaceLineEndings("\n");
        if (actual != expected)
        {
            File.WriteAllText(Path.ChangeExtension(path, ".actual.txt"), actual);
        }

        Assert.Equal(expected, actual);
    }
}
