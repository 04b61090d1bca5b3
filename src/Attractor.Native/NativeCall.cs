using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Learning;
using Attractor.Runs;

namespace Attractor.Native;

/// <summary>One call from outside: what is asked, by whom, and what goes back.</summary>
internal sealed unsafe class NativeCall : IProgress<TrainingProgress>, IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly delegate* unmanaged<byte*, void*, int> _progress;
    private readonly void* _context;
    private readonly CancellationTokenSource _cancelled = new();
    private readonly Lock _lock = new();
    private readonly Timer? _timer;
    private readonly List<TimeSeries> _outputs = [];
    private readonly List<TimeSeries> _inputs = [];
    private JsonObject _settings = [];

    public NativeCall(delegate* unmanaged<byte*, void*, int> progress, void* context)
    {
        _progress = progress;
        _context = context;
        if (progress is not null)
            _timer = new(_ => Tell(null), null, s_interval, s_interval);
    }

    /// <summary>Cancelled when whoever called says so.</summary>
    public CancellationToken Token => _cancelled.Token;

    /// <summary>What the call ends with.</summary>
    public int ExitCode { get; set; }

    /// <summary>Why, where it is not 0.</summary>
    public Failure? Failure { get; set; }

    /// <summary>The arrays that were given, as series.</summary>
    public IReadOnlyList<TimeSeries> Inputs => _inputs;

    /// <summary>What a setting is called by whoever calls.</summary>
    public static string NameOf(string property)
        => ModelKinds.All.SelectMany(k => k.Settings.All).FirstOrDefault(s => s.Property == property)?.Key ?? SettingName.Key(property);

    /// <summary>Takes what was given.</summary>
    public void Read(string? settings, NativeArray* inputs, int count)
    {
        try
        {
            _settings = JsonNode.Parse(settings ?? "{}") as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new ArgumentException("the settings are no JSON object");
        }
        double dt = Number("dt") ?? 1;
        if (!(dt > 0) || !double.IsFinite(dt))
            throw new ArgumentException(FormattableString.Invariant($"dt must be positive, not {dt}"));
        for (int i = 0; i < count; i++)
        {
            NativeArray array = inputs[i];
            if (array.Values is null || array.Rows < 1 || array.Columns < 1 || array.Rows > Array.MaxLength / array.Columns)
                throw new ArgumentException($"array {i} has {array.Rows} rows of {array.Columns} values: give at least one of each");
            _inputs.Add(new(new ReadOnlySpan<double>(array.Values, (int)(array.Rows * array.Columns)).ToArray(), (int)array.Columns, dt));
        }
    }

    /// <summary>The array of an index.</summary>
    public TimeSeries Input(int index, string what)
        => index < _inputs.Count ? _inputs[index] : throw new ArgumentException($"{what} is missing");

    /// <summary>Gives an array back.</summary>
    public void Output(TimeSeries series) => _outputs.Add(series);

    /// <summary>Gives one column back.</summary>
    public void Output(double[] values) => _outputs.Add(new(values, 1));

    /// <summary>Hands the arrays over.</summary>
    public int Write(NativeArray* outputs, int capacity)
    {
        if (_outputs.Count > capacity)
            throw new ArgumentException($"there are {_outputs.Count} arrays to give back, and room for {capacity}");
        for (int i = 0; i < _outputs.Count; i++)
        {
            ReadOnlySpan<double> values = _outputs[i].Values;
            double* memory = (double*)NativeMemory.Alloc((nuint)Math.Max(1, values.Length), sizeof(double));
            values.CopyTo(new Span<double>(memory, values.Length));
            outputs[i] = new() { Values = memory, Rows = _outputs[i].Length, Columns = _outputs[i].Dimension };
        }
        return _outputs.Count;
    }

    /// <summary>A word that was given; null if none was.</summary>
    public string? Word(string key) => Given(key) is { } value
        ? value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : throw Unfit(key, "a word", value)
        : null;

    /// <summary>A word.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public string RequiredWord(string key) => Word(key) ?? throw new ArgumentException($"{key} is missing");

    /// <summary>A number that was given; null if none was.</summary>
    public double? Number(string key) => Given(key) is { } value
        ? value.GetValueKind() is JsonValueKind.Number ? value.GetValue<double>() : throw Unfit(key, "a number", value)
        : null;

    /// <summary>A whole number that was given; null if none was.</summary>
    public int? Whole(string key) => Number(key) is { } value
        ? value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue ? (int)value : throw Unfit(key, "a whole number", Given(key)!)
        : null;

    /// <summary>A whole number of at least 1.</summary>
    public int Positive(string key, int unlessGiven) => Whole(key) is { } value
        ? value > 0 ? value : throw new ArgumentException($"{key} must be positive, not {value}")
        : unlessGiven;

    /// <summary>Whether something is asked for.</summary>
    public bool Flag(string key) => Given(key) is { } value
        && (value.GetValueKind() is JsonValueKind.True or JsonValueKind.False
            ? value.GetValue<bool>()
            : throw Unfit(key, "true or false", value));

    /// <summary>An object that was given, such as the settings of a model; an empty one if none was.</summary>
    public JsonElement Object(string key)
    {
        JsonNode given = Given(key) ?? new JsonObject();
        return given is JsonObject ? JsonDocument.Parse(given.ToJsonString()).RootElement : throw Unfit(key, "an object", given);
    }

    /// <summary>Parameters of a system as the command line has them: <c>rho=30</c>.</summary>
    public IReadOnlyList<string> Parameters()
        => [.. Object("parameters").EnumerateObject().Select(p => $"{p.Name}={p.Value.GetRawText()}")];

    public void Report(TrainingProgress value) => Tell(new JsonObject
    {
        ["update"] = value.Update,
        ["updates"] = value.Updates,
        ["unit"] = value.Unit,
        ["loss"] = Json.Number(value.Loss),
        ["updates_per_second"] = Json.Number(value.UpdatesPerSecond),
        ["remaining_seconds"] = Json.Number(value.Remaining.TotalSeconds),
        ["message"] = value.Message,
    }.ToJsonString());

    public void Dispose()
    {
        // Nobody is told anything once the call has returned.
        using (ManualResetEvent ended = new(false))
            if (_timer?.Dispose(ended) == true)
                ended.WaitOne();
        _cancelled.Dispose();
    }

    private void Tell(string? json)
    {
        if (_progress is null)
            return;
        lock (_lock)
        {
            byte[]? text = json is null ? null : Encoding.UTF8.GetBytes(json + '\0');
            fixed (byte* bytes = text)
                if (_progress(bytes, _context) != 0)
                    _cancelled.Cancel();
        }
    }

    private JsonNode? Given(string key) => _settings.TryGetPropertyValue(key, out JsonNode? value) ? value : null;

    private static ArgumentException Unfit(string key, string expected, JsonNode value)
        => new($"{key} must be {expected}, not {value.ToJsonString()}");
}
