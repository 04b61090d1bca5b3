namespace Attractor.Studio.Folders;

/// <summary>The runs that are looked at: several who look at one share what is known of it.</summary>
internal sealed class RunWatches(StudioFolder folder, RunList list)
{
    private const int MostKept = 32;

    private readonly Dictionary<string, RunWatch> _all = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Begins to look at a run whose page is on its way to a browser: what is long to read is read by the time it asks.</summary>
    public void Expect(string id)
        => _ = Task.Run(() => list.Find(id) is not null && Of(id).Look());

    /// <summary>The watch of a run.</summary>
    public RunWatch Of(string id)
    {
        lock (_lock)
        {
            if (_all.TryGetValue(id, out RunWatch? known))
                return known;
            int surplus = Math.Max(0, _all.Count - MostKept);
            foreach (string idle in _all.Where(w => !w.Value.IsWatched).Select(w => w.Key).Take(surplus).ToList())
                _all.Remove(idle);
            return _all[id] = new(folder, list, id);
        }
    }
}
