namespace Attractor.Runs;

/// <summary>How far a file has come.</summary>
/// <param name="File">Its name.</param>
/// <param name="Bytes">So many have arrived.</param>
/// <param name="Total">Of so many, if the server says so.</param>
/// <param name="Message">What happened; null while bytes arrive.</param>
internal readonly record struct Transfer(string File, long Bytes, long? Total, string? Message = null);
