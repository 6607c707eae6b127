using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sasaeai.Features.ActivityRecords;

public class ActivityRecordMapping : IEntityTypeConfiguration<ActivityRecord>
{
    public void Configure(EntityTypeBuilder<ActivityRecord> builder)
    {
        builder.Ignore(record => record.Content);
        builder.Property(record => record.Version).IsConcurrencyToken();
    }
}
