using Microsoft.AspNetCore.Components;

namespace Attractor.Studio.Pages;

/// <summary>A page that is drawn anew whenever something that it watches has changed, a few times a second at most.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    private readonly List<IDisposable> _watched = [];
    private int _isDue;
    private bool _isOver;

    /// <summary>Goes on after what was watched has ended, with something else.</summary>
    private protected void Reopen() => _isOver = false;

    /// <summary>Ends something with the page.</summary>
    private protected void Keep(IDisposable watched) => _watched.Add(watched);

    /// <summary>Called by whatever is watched, on any thread.</summary>
    private protected void Due()
    {
        if (Interlocked.Exchange(ref _isDue, 1) == 0)
            _ = DrawSoon();
    }

    /// <summary>Called before the page is drawn anew.</summary>
    private protected virtual void Update()
    {
    }

    /// <summary>Ends all that is watched.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing)
    {
        _isOver = true;
        foreach (IDisposable watched in _watched)
            watched.Dispose();
        _watched.Clear();
    }

    private async Task DrawSoon()
    {
        await Task.Delay(s_pause).ConfigureAwait(false);
        Interlocked.Exchange(ref _isDue, 0);
        if (!_isOver)
            await InvokeAsync(() =>
            {
                Update();
                StateHasChanged();
            }).ConfigureAwait(false);
    }
}
