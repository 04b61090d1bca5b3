using System.Globalization;
using System.Text;

namespace Attractor.Cli.Tests;

/// <summary>Tables to fit mixtures to.</summary>
internal static class MixtureTables
{
    /// <summary>Eight points with counts, and responsibilities to start from.</summary>
    public static void WriteEight(TemporaryFolder folder)
    {
        File.WriteAllText(folder.File("eight.csv"), "x,y,s\n0,0,1\n1,0,0\n0,1,2\n.5,.5,1\n4,4,7\n5,4,9\n4,5,5\n2,2.5,4\n");
        File.WriteAllText(folder.File("r.csv"), string.Concat(Enumerable.Range(0, 8).Select(n => n < 4 ? "0.9,0.1\n" : "0.1,0.9\n")));
    }

    /// <summary>
    /// Rows of three components: lon and lat are real, shocks a count, felt binary, rock one of
    /// three words with a comma and a quote in one.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">How many.</param>
    /// <param name="missing">How likely a value is not there.</param>
    /// <param name="spread">Of the components; beside 4, the distance of their centres.</param>
    public static void Write(string path, int rows = 300, double missing = 0, double spread = 1)
    {
        string[] rocks = ["basalt", "\"slate, blue\"", "\"\"\"green\"\" schist\""];
        Random random = new(7);
        StringBuilder text = new("lon,lat,shocks,felt,rock,note\n");
        for (int n = 0; n < rows; n++)
        {
            int k = random.Next(3), count = 0;
            for (int i = 0; i < 5 * (k + 1); i++)
                count += random.Next(2);
            string[] cells =
            [
                Text((4 * k) - 20 + (spread * Normal(random))),
                Text((k == 1 ? 183 : 180) + (spread * Normal(random))),
                count.ToString(CultureInfo.InvariantCulture),
                random.NextDouble() < 0.2 + (0.3 * k) ? "1" : "0", rocks[random.NextDouble() < 0.8 ? k : random.Next(3)],
            ];
            text.AppendJoin(',', cells.Select(c => random.NextDouble() < missing ? "" : c)).Append(",-\n");
        }
        File.WriteAllText(path, text.ToString());
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
