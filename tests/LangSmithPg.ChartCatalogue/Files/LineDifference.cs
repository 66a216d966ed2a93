using LangSmithPg.Common;

namespace LangSmithPg.CatalogueTool.Files;

/// <summary>Shows how two texts differ, line by line.</summary>
static class LineDifference
{
    /// <summary>The difference; empty when there is none.</summary>
    /// <param name="old">The old text.</param>
    /// <param name="current">The new text.</param>
    public static string Between(string old, string current)
    {
        var (left, right) = (old.Split('\n'), current.Split('\n'));
        var common = Common(left, right);
        List<TextEdit> edits = [];
        var place = 0;
        for (int i = 0, j = 0; i < left.Length || j < right.Length;)
        {
            if (i < left.Length && j < right.Length && left[i] == right[j])
            {
                place += left[i].Length + 1;
                (i, j) = (i + 1, j + 1);
                continue;
            }

            var (firstLeft, firstRight, start) = (i, j, place);
            while ((i < left.Length || j < right.Length) && !(i < left.Length && j < right.Length && left[i] == right[j]))
            {
                if (j == right.Length || (i < left.Length && common[i + 1, j] >= common[i, j + 1]))
                {
                    place += left[i++].Length + 1;
                }
                else
                {
                    j++;
                }
            }

            var text = string.Concat(right[firstRight..j].Select(line => $"{line}\n"));
            // A last line without an end is as long as the text.
            edits.Add(new(new(start, Math.Min(place, old.Length) - start), text, text, IsSecret: false));
        }

        return UnifiedDiff.Create(old, edits, line => line);
    }

    // How many lines two ends have in common, at most, in order.
    static int[,] Common(string[] left, string[] right)
    {
        var common = new int[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
        {
            for (var j = right.Length - 1; j >= 0; j--)
            {
                common[i, j] = left[i] == right[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
