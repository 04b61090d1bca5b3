namespace Attractor.Numerics;

/// <summary>A failure as it is told to other ranks: its kind in a byte, and its message.</summary>
internal static class RankFailure
{
    /// <summary>Of one that was cancelled.</summary>
    public const byte WasCancelled = 1;

    private const byte Argument = 2, InvalidData = 3, Arithmetic = 4, InvalidOperation = 5, Other = 6;

    /// <summary>0 where nothing failed.</summary>
    public static byte KindOf(Exception? failure) => failure switch
    {
        null => 0,
        OperationCanceledException => WasCancelled,
        ArgumentException => Argument,
        InvalidDataException => InvalidData,
        ArithmeticException => Arithmetic,
        InvalidOperationException => InvalidOperation,
        _ => Other,
    };

    /// <summary>What is thrown on the ranks on which nothing failed.</summary>
    public static Exception Of(byte kind, string message) => kind switch
    {
        WasCancelled => new OperationCanceledException(message),
        Argument => new ArgumentException(message),
        InvalidData => new InvalidDataException(message),
        Arithmetic => new ArithmeticException(message),
        InvalidOperation => new InvalidOperationException(message),
        _ => new IOException(message),
    };
}
