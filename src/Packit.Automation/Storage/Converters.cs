using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Packit.Automation.Storage;

/// <summary>Stores an enum under its wire names.</summary>
public sealed class WireNameConverter<T>() : ValueConverter<T, string>(value => WireNames<T>.Of(value), name => WireNames<T>.Parse(name))
    where T : struct, Enum;

/// <summary>Stores an instant as microseconds since 1970, UTC.</summary>
public sealed class UnixMicrosecondsConverter() : ValueConverter<DateTimeOffset, long>(
    instant => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond,
    stored => new DateTimeOffset(DateTimeOffset.UnixEpoch.UtcTicks + (stored * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero));
