using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Models;

namespace Attractor.Cli.Settings;

/// <summary>All settings of a run, resolved: defaults, then a config file, then the command line.</summary>
internal abstract class RunSettings
{
    // What config.json holds besides.
    private static readonly string[] s_information = ["format", "attractor", "processor", "model", "data", "observed", "parameters"];

    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>The kinds of models that can be trained.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. RecurrentModel.Kinds, EchoStateNetwork.KindName, NonlinearVectorAutoregression.KindName, VariationalAutoencoder.KindName, SequentialVariationalAutoencoder.KindName, Mixture.KindName];

    /// <summary>The settings in the order in which help and config.json list them.</summary>
    public abstract IReadOnlyList<Setting> All { get; }

    /// <summary>The kind of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The file of the data.</summary>
    public required string Data { get; init; }

    public long Seed => Whole("seed");

    public double Dt => Number("dt");

    /// <summary>The settings of a kind of model, at their defaults.</summary>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    public static RunSettings For(string model, string data) => model switch
    {
        EchoStateNetwork.KindName => new ReservoirSettings { Model = model, Data = data },
        NonlinearVectorAutoregression.KindName => new VectorAutoregressionSettings { Model = model, Data = data },
        VariationalAutoencoder.KindName => new AutoencoderSettings { Model = model, Data = data },
        SequentialVariationalAutoencoder.KindName => new SequentialSettings { Model = model, Data = data },
        Mixture.KindName => new MixtureSettings { Model = model, Data = data },
        _ when RecurrentModel.Kinds.Contains(model) => new RecurrentSettings { Model = model, Data = data },
        _ => throw new ArgumentException(
            $"there is no model '{model}'{(NearestMatch.Find(model, Kinds) is { } match ? $"; did you mean {match}?" : "")} (there are {string.Join(", ", Kinds)})"),
    };

    /// <summary>The same with another seed.</summary>
    public RunSettings WithSeed(long seed)
    {
        RunSettings copy = For(Model, Data);
        foreach ((string key, object value) in _values)
            copy._values[key] = value;
        copy._values["seed"] = seed;
        return copy;
    }

    public void Set(string key, object value) => _values[key] = value;

    public bool IsSet(string key) => _values.ContainsKey(key);

    /// <summary>Takes the settings of a config, those that are not set already.</summary>
    /// <exception cref="ArgumentException">A key is not known, or a value does not fit.</exception>
    public void Take(JsonElement config, string file)
    {
        foreach (JsonProperty property in config.EnumerateObject())
        {
            if (s_information.Contains(property.Name, StringComparer.Ordinal))
                continue;
            Setting? setting = All.FirstOrDefault(s => s.Key == property.Name);
            if (setting is null)
            {
                string nearest = NearestMatch.Find(property.Name, All.Select(s => s.Key)) is { } match ? $"; did you mean \"{match}\"?" : "";
                throw new ArgumentException($"{file}: unknown key \"{property.Name}\"{nearest}");
            }
            if (property.Value.ValueKind != JsonValueKind.Null && !_values.ContainsKey(setting.Key))
                _values[setting.Key] = setting.Read(property.Value, file);
        }
    }

    /// <summary>Refuses settings that are given and mean nothing to what is asked for.</summary>
    /// <param name="given">Those of the command line; what a config has besides does no harm.</param>
    /// <exception cref="ArgumentException">One of them means nothing.</exception>
    public virtual void RequireUse(IEnumerable<Setting> given)
    {
    }

    /// <summary>All of it for config.json, fully resolved.</summary>
    public JsonObject ToJson(ILearntModel model, int observed)
    {
        JsonObject json = new()
        {
            ["format"] = Storage.RunFolder.FormatVersion,
            ["attractor"] = typeof(ILearntModel).Assembly.GetName().Version?.ToString(3),
            ["processor"] = Processor.Name(),
            ["model"] = Model,
            ["data"] = DataEntry,
            ["observed"] = observed,
            ["parameters"] = model.ParameterCount,
        };
        foreach (Setting setting in All)
            json[setting.Key] = IsUsed(setting) ? Setting.Write(Value(setting.Key)) : null;
        return json;
    }

    /// <summary>How config.json names the data.</summary>
    protected virtual string DataEntry => Path.GetFullPath(Data);

    /// <summary>Whether a setting means anything to this kind of model.</summary>
    protected virtual bool IsUsed(Setting setting) => true;

    /// <summary>The value of a setting, its default if it is not set.</summary>
    public object? Value(string key) => _values.TryGetValue(key, out object? value) ? value : All.Single(s => s.Key == key).Default;

    protected long Whole(string key) => (long)Value(key)!;

    protected double Number(string key) => (double)Value(key)!;

    protected string Word(string key) => (string)Value(key)!;

    protected int Size(string key, int least = 1)
    {
        long value = Whole(key);
        if (value < least)
            throw new ArgumentException($"--{key.Replace('_', '-')} must be at least {least}, not {value}");
        return value <= int.MaxValue ? (int)value : throw new ArgumentException($"--{key.Replace('_', '-')} must be at most {int.MaxValue}, not {value}");
    }

    /// <summary>A choice by its word.</summary>
    protected T Choice<T>(string key)
        where T : struct, Enum
        => KebabCase.Find<T>(Word(key)) ?? throw new ArgumentException($"--{key.Replace('_', '-')} takes one of {string.Join(", ", KebabCase.All<T>())}, not {Word(key)}");

    /// <summary>Sizes between commas; none of the word <c>none</c>.</summary>
    protected int[] Sizes(string key)
    {
        if (Word(key) == "none")
            return [];
        string[] words = Word(key).Split(',');
        int[] sizes = new int[words.Length];
        for (int i = 0; i < words.Length; i++)
            if (!int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i]) || sizes[i] < 1)
                throw new ArgumentException($"--{key.Replace('_', '-')} takes positive whole numbers between commas, such as 400,400, or none; not {Word(key)}");
        return sizes;
    }

    protected double NotNegative(string key)
    {
        double value = Number(key);
        return value >= 0 ? value : throw new ArgumentException(FormattableString.Invariant($"--{key.Replace('_', '-')} must not be negative, not {value}"));
    }

    protected double Positive(string key)
    {
        double value = Number(key);
        return value > 0 ? value : throw new ArgumentException(FormattableString.Invariant($"--{key.Replace('_', '-')} must be positive, not {value}"));
    }
}
