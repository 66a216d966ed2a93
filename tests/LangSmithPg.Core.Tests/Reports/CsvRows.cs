using System.Text;

namespace LangSmithPg.Core.Tests.Reports;

/// <summary>Reads a table as RFC 4180 describes it: a header, and as many cells in every row.</summary>
static class CsvRows
{
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string text)
    {
        List<List<string>> rows = [[]];
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '"' when isQuoted && index + 1 < text.Length && text[index + 1] == '"':
                    cell.Append(text[++index]);
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    rows[^1].Add(Take());
                    break;
                case '\r' when !isQuoted:
                    Assert.Equal('\n', text[++index]);
                    rows[^1].Add(Take());
                    rows.Add([]);
                    break;
                default:
                    Assert.True(isQuoted);
                    cell.Append(text[index]);
                    break;
            }
        }

        Assert.False(isQuoted);
        Assert.Empty(rows[^1]);
        rows.RemoveAt(rows.Count - 1);
        Assert.All(rows, row => Assert.Equal(rows[0].Count, row.Count));
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))];

        string Take()
        {
            var taken = cell.ToString();
            cell.Clear();
            return taken;
        }
    }
}
