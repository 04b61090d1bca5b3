namespace Attractor.Models;

/// <summary>A block as a file says it: its kind, its columns and the hyperparameters of its prior by name.</summary>
public sealed class BlockRecord
{
    private readonly Dictionary<string, BlockValue> _values;

    /// <summary>A record.</summary>
    /// <param name="kind">The family.</param>
    /// <param name="columns">The D columns.</param>
    /// <param name="values">The hyperparameters; of two of one name the last counts.</param>
    public BlockRecord(string kind, IReadOnlyList<string> columns, IEnumerable<BlockValue> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(values);
        (Kind, Columns, _values) = (kind, [.. columns], []);
        foreach (BlockValue value in values)
            _values[value.Name] = value;
    }

    /// <summary>The family, as <see cref="ConjugateBlock.Kind"/> names it.</summary>
    public string Kind { get; }

    /// <summary>The names of the D columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The one column of a block that has one.</summary>
    /// <exception cref="ArgumentException">There is another number of columns.</exception>
    public string Column => Columns.Count == 1
        ? Columns[0]
        : throw new ArgumentException($"A block of the kind '{Kind}' has one column, found {Columns.Count}.");

    /// <summary>Whether there is a hyperparameter of this name.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A number.</summary>
    /// <exception cref="ArgumentException">It is missing, or not one number.</exception>
    public double Number(string name) => Find(name) is { IsSingle: true } value ? value.Numbers[0] : throw Unfit(name, "a number");

    /// <summary>Numbers.</summary>
    /// <exception cref="ArgumentException">They are missing, or not numbers.</exception>
    public IReadOnlyList<double> Numbers(string name)
        => Find(name) is { IsSingle: false, Words: null or [] } value ? value.Numbers : throw Unfit(name, "a list of numbers");

    /// <summary>Words.</summary>
    /// <exception cref="ArgumentException">They are missing, or not words.</exception>
    public IReadOnlyList<string> Words(string name) => Find(name).Words ?? throw Unfit(name, "a list of words");

    private BlockValue Find(string name)
        => _values.TryGetValue(name, out BlockValue? value)
            ? value
            : throw new ArgumentException($"A block of the kind '{Kind}' lacks '{name}'.");

    private ArgumentException Unfit(string name, string expected) => new($"'{name}' of a block of the kind '{Kind}' is not {expected}.");
}
