using System.Globalization;

namespace Attractor.Reports;

/// <summary>Where the rows of a mixture are, and which components they are from.</summary>
/// <param name="Columns">The names of the D columns of the position.</param>
/// <param name="Values">N x D, row by row; a row with what is not finite is not drawn.</param>
/// <param name="Responsibilities">N x K, row by row: the posterior probability of each component given the row.</param>
public sealed record MixturePositions(IReadOnlyList<string> Columns, IReadOnlyList<double> Values, IReadOnlyList<double> Responsibilities)
{
    // Units that a name tells.
    private static readonly string[] s_inDegrees = ["longitude", "latitude", "lon", "lat", "lng", "long"];

    /// <summary>D.</summary>
    public int Dimension => Columns.Count;

    /// <summary>N.</summary>
    public int Rows => Values.Count / Columns.Count;

    /// <summary>K.</summary>
    public int Components => Responsibilities.Count / Rows;

    /// <summary>The units of the columns; degrees for longitudes and latitudes, and none for others, if null.</summary>
    public IReadOnlyList<string>? Units { get; init; }

    /// <summary>How many rows the data have, where these are some of them; null where they are all.</summary>
    public long? AllRows { get; init; }

    /// <summary>Which columns are a longitude and a latitude in degrees, by their names; null if not both of two are.</summary>
    internal (int Longitude, int Latitude)? Geographic
    {
        get
        {
            int longitude = Find(["longitude", "lon", "lng", "long"]), latitude = Find(["latitude", "lat"]);
            return Dimension == 2 && longitude >= 0 && latitude >= 0 ? (longitude, latitude) : null;
        }
    }

    private int Find(string[] names)
        => Enumerable.Range(0, Dimension).FirstOrDefault(d => names.Contains(Columns[d], StringComparer.OrdinalIgnoreCase), -1);

    /// <summary>The label of the axis of a column: its name, with its unit if that is known.</summary>
    internal string Label(int column)
    {
        string unit = Units is null
            ? (s_inDegrees.Contains(Columns[column], StringComparer.OrdinalIgnoreCase) ? "degrees" : "")
            : Units[column];
        return unit.Length == 0 ? Columns[column] : $"{Columns[column]}, {unit}";
    }

    /// <summary>
    /// The rows without gaps, at most so many: spread evenly over all of them, so that the same rows are drawn each time.
    /// </summary>
    internal int[] Drawn(int most)
    {
        int[] whole = [.. Enumerable.Range(0, Rows).Where(IsWhole)];
        return whole.Length <= most ? whole : [.. Enumerable.Range(0, most).Select(i => whole[(int)((long)i * whole.Length / most)])];
    }

    /// <summary>The most probable component of a row, and its probability.</summary>
    internal (int Component, double Probability) MostProbable(int row)
    {
        int components = Components, best = 0;
        for (int k = 1; k < components; k++)
            if (Responsibilities[(row * components) + k] > Responsibilities[(row * components) + best])
                best = k;
        return (best, Responsibilities[(row * components) + best]);
    }

    /// <summary>Checks the shapes against each other.</summary>
    /// <exception cref="ArgumentException">They do not fit.</exception>
    internal void Require(IReadOnlyList<MixtureComponent> components)
    {
        if (Dimension == 0 || Values.Count == 0 || Values.Count % Dimension != 0)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"There are {Values.Count} values of {Dimension} columns; one row or more of at least one column was expected."),
                nameof(components));
        if (Units is not null && Units.Count != Dimension)
            throw new ArgumentException(
                FormattableString.Invariant($"There are {Units.Count} units of {Dimension} columns; as many were expected."),
                nameof(components));
        if (Responsibilities.Count != Rows * components.Count)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"There are {Responsibilities.Count} responsibilities; {Rows} rows x {components.Count} components were expected."),
                nameof(components));
        foreach (MixtureComponent component in components)
            if (component.Centre.Count != Dimension || component.Covariance.Count != Dimension * Dimension)
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"A component has a centre of {component.Centre.Count} values and a covariance of {component.Covariance.Count}; "
                        + $"{Dimension} and {Dimension} x {Dimension} were expected."),
                    nameof(components));
    }

    private bool IsWhole(int row)
    {
        for (int d = 0; d < Dimension; d++)
            if (!double.IsFinite(Values[(row * Dimension) + d]))
                return false;
        return true;
    }
}
