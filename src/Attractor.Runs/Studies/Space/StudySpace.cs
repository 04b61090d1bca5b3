using System.Text.Json;
using System.Text.Json.Nodes;

namespace Attractor.Runs;

/// <summary>What a study varies: dimensions, some of which are there only while another has certain values.</summary>
/// <remarks>A point has a coordinate for each dimension; NaN where the dimension is not there.</remarks>
public sealed class StudySpace
{
    private readonly int[] _parents;
    private readonly HashSet<int>[] _needed;

    /// <summary>A space.</summary>
    /// <exception cref="ArgumentException">A setting stands twice, or a condition is of what does not stand before it.</exception>
    public StudySpace(IReadOnlyList<StudyDimension> dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        Dimensions = dimensions;
        _parents = new int[dimensions.Count];
        _needed = new HashSet<int>[dimensions.Count];
        for (int d = 0; d < dimensions.Count; d++)
        {
            if (dimensions.Take(d).Any(e => e.Setting.Key == dimensions[d].Setting.Key))
                throw new ArgumentException($"{dimensions[d].Setting.Key} varies twice: give all of its values once");
            (_parents[d], _needed[d]) = Needed(d);
        }
    }

    /// <summary>What varies, in order.</summary>
    public IReadOnlyList<StudyDimension> Dimensions { get; }

    /// <summary>What varies, as a command line writes it: <c>lr=1e-4..1e-2:log</c>, <c>alpha=0.1..1 if forcing=gtf</c>.</summary>
    /// <param name="kind">The kind of model, one of <see cref="ModelKinds.All"/>.</param>
    /// <param name="entries">The dimensions.</param>
    /// <exception cref="ArgumentException">One does not do; the message says how to mend it.</exception>
    public static StudySpace Parse(string kind, IEnumerable<string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ModelKind found = ModelKinds.Find(kind);
        return new([.. entries.Select(e => DimensionText.ParseEntry(found, e))]);
    }

    /// <summary>The same point without the coordinates of dimensions that are not there.</summary>
    internal double[] Masked(double[] point)
    {
        for (int d = 0; d < point.Length; d++)
            if (!IsThere(point, d))
                point[d] = double.NaN;
        return point;
    }

    /// <summary>Whether a dimension is there, given the coordinates of those before it.</summary>
    internal bool IsThere(double[] point, int dimension)
    {
        int parent = _parents[dimension];
        return parent < 0
            || (!double.IsNaN(point[parent]) && _needed[dimension].Contains(Dimensions[parent].IndexOf(point[parent])));
    }

    /// <summary>The values of a point, by the keys of the settings.</summary>
    internal JsonObject ToJson(double[] point)
    {
        JsonObject json = [];
        for (int d = 0; d < point.Length; d++)
            if (!double.IsNaN(point[d]))
                json[Dimensions[d].Setting.Key] = Dimensions[d].Setting.Write(Dimensions[d].ToSetting(point[d]));
        return json;
    }

    /// <summary>The point of values by keys; null where one of them is not of this space.</summary>
    internal double[]? FromJson(JsonElement json)
    {
        double[] point = new double[Dimensions.Count];
        for (int d = 0; d < point.Length; d++)
        {
            point[d] = double.NaN;
            if (!json.TryGetProperty(Dimensions[d].Setting.Key, out JsonElement entry))
                continue;
            string text = entry.ValueKind == JsonValueKind.String ? entry.GetString()! : entry.GetRawText();
            if (Dimensions[d].FromText(text) is not { } coordinate)
                return null;
            point[d] = coordinate;
        }
        return point;
    }

    /// <summary>Settings at a point.</summary>
    /// <exception cref="ArgumentException">A setting does not take its value.</exception>
    internal ModelSettings Apply(SettingsForm form, ModelSettings settings, double[] point)
        => (ModelSettings)form.With(settings, Enumerable.Range(0, point.Length)
            .Where(d => !double.IsNaN(point[d]))
            .Select(d => (Dimensions[d].Setting, Dimensions[d].ToSetting(point[d]))));

    /// <summary>Refuses a space that reaches beyond what a setting takes, before the first draw rather than at one beyond.</summary>
    internal void Check()
    {
        foreach (StudyDimension dimension in Dimensions)
            if (dimension.IsRange)
                foreach (double end in dimension.Ends)
                    dimension.Setting.Parse(dimension.ToText(end));
            else
                foreach (string value in dimension.Values)
                    dimension.Setting.Parse(value);
    }

    private (int Parent, HashSet<int> Needed) Needed(int d)
    {
        if (Dimensions[d].Condition is not { } condition)
            return (-1, []);
        int parent = Dimensions.Take(d).ToList().FindIndex(e => e.Setting.Key == condition.Key);
        if (parent < 0)
            throw new ArgumentException(
                $"{Dimensions[d].Setting.Key} depends on {condition.Key}, which has to vary and to stand before it");
        if (Dimensions[parent].IsRange)
            throw new ArgumentException($"{Dimensions[d].Setting.Key} depends on {condition.Key}, which has a range: give it a list");
        HashSet<int> needed = [];
        foreach (string value in condition.Values)
            needed.Add(Dimensions[parent].FromText(value) is { } coordinate
                ? Dimensions[parent].IndexOf(coordinate)
                : throw new ArgumentException(
                    $"{Dimensions[d].Setting.Key} depends on {condition.Key}={value}, which is none of "
                    + string.Join(',', Dimensions[parent].Values)));
        return (parent, needed);
    }
}
